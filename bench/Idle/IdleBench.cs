using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary><c>idle</c>: what a supervisor costs while nothing happens.</summary>
internal sealed class IdleBench(IdleOptions options, RunFolder folder)
{
    private const string Method = """
        The supervisor's own processes, without its children, sampled while nothing happens: RSS and PSS from /proc/PID/smaps_rollup, CPU
        from the user and system time of /proc/PID/stat (10 ms ticks) between the first and the last sample, in percent of one
        core. Several supervisors, if chosen, run at the same time with children of their own. Nobody asks them anything meanwhile.
        """;

    private const string EnrolledMethod = """
        The agent is enrolled with the published standalone monitor and reports over a TLS connection to its broker, with the defaults of both. TLS ends in the
        bench, whose certificate the agent trusts by SSL_CERT_FILE, a file that has the system's roots too. The monitor's own processes are not in the figures.
        """;

    private readonly Nursery nursery = new(folder, options.Kind);

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        await nursery.PrepareAsync(cancellation);
        await using var monitor = options.Monitor is { } program ? new EnrolledMonitor(folder, program) : null;
        await (monitor?.StartAsync(cancellation) ?? Task.CompletedTask);
        var supervisors = monitor is null ? options.Programs.MakeSupervisors(folder) : [options.Programs.MakeAgent(folder, monitor.AgentEnvironment)];
        var stands = supervisors.Select(s => new Stand(s, nursery.Make(s.Name, options.Children), control: null)).ToList();
        try
        {
            foreach (var stand in stands)
            {
                await stand.StartAsync(cancellation);
                await (monitor?.EnrolAsync((MoneroCloudAgent)stand.Supervisor, cancellation) ?? Task.CompletedTask);
            }

            await Task.Delay(options.Settle, TimeProvider.System, cancellation);
            var load = new MachineLoad();
            var samples = await SampleAsync(stands, cancellation);
            return Report(stands, samples, load.BusyPercent()) with { Faults = monitor?.Faults() ?? [] };
        }
        finally
        {
            await Task.WhenAll(stands.Select(s => s.DisposeAsync().AsTask()));
        }
    }

    private async Task<IReadOnlyList<IdleSample>> SampleAsync(List<Stand> stands, CancellationToken cancellation)
    {
        var samples = new List<IdleSample>();
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(options.Period, TimeProvider.System);
        do
        {
            foreach (var stand in stands)
            {
                samples.Add(IdleSample.Take(stand, TimeProvider.System.GetElapsedTime(began).TotalSeconds));
            }
        }
        while (TimeProvider.System.GetElapsedTime(began) < options.Duration && await timer.WaitForNextTickAsync(cancellation));

        return samples;
    }

    private BenchResult Report(List<Stand> stands, IReadOnlyList<IdleSample> samples, double busyPercent)
    {
        var table = new MarkdownTable(
            "idle", "version", "n", "processes", "threads", "RSS MiB p50", "max", "PSS MiB p50", "max", "CPU % of a core", "over, s");
        foreach (var stand in stands)
        {
            var own = samples.Where(s => s.Supervisor == stand.Name).ToList();
            var rss = new Distribution(own.Select(s => s.RssKibibytes / 1024.0));
            var pss = new Distribution(own.Select(s => s.PssKibibytes / 1024.0));
            var seconds = own[^1].Seconds - own[0].Seconds;
            table.Row(
                stand.Name, stand.Version, Text($"{own.Count}"), Text($"{own[^1].Processes}"), Text($"{own[^1].Threads}"),
                Distribution.Text(rss.P50), Distribution.Text(rss.Max), Distribution.Text(pss.P50), Distribution.Text(pss.Max),
                Text($"{own[^1].CpuTicks - own[0].CpuTicks:0} ticks = {(own[^1].CpuTicks - own[0].CpuTicks) / seconds:0.000} %"),
                Text($"{seconds:0}"));
        }

        return new BenchResult
        {
            Name = options.Monitor is null ? "idle" : "idle-enrolled",
            Method = options.Monitor is null ? Method : $"{Method}\n{EnrolledMethod}",
            MachineBusyPercent = busyPercent,
            Versions = stands.ToDictionary(s => s.Name, s => s.Version),
            Settings = new Dictionary<string, string>
            {
                ["children"] = Text($"{options.Children} each ({options.Kind})"),
                ["settled"] = Text($"{options.Settle.TotalSeconds:0} s"),
                ["sampled every"] = Text($"{options.Period.TotalSeconds:0.#} s"),
            },
            RawText = string.Join("\n\n", samples.GroupBy(s => s.Supervisor).Select(Raw)),
            Samples = JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListIdleSample)!,
            Table = table.ToString(),
        };
    }

    private static string Raw(IGrouping<string, IdleSample> own) =>
        $"{own.Key} (s: RSS/PSS KiB, ticks): {string.Join("; ", own.Select(s => Text($"{s.Seconds:0}: {s.RssKibibytes}/{s.PssKibibytes}, {s.CpuTicks}")))}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
