using System.Globalization;
using System.Net;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary><c>scale</c>: what a tick costs as the fleet grows, in several handlers over one Azurite and in one standalone monitor over SQLite.</summary>
internal sealed class ScaleBench(ScaleOptions options, RunFolder folder)
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);
    /// <summary>Of the standalone monitor, which ticks by itself.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongPeriod = TimeSpan.FromSeconds(10);

    private const int MostInAPeriod = 2_000;

    /// <summary>A node does not work from the first of them on, and is down, with an incident and an alert, by the third.</summary>
    private const int UntilDown = 4;

    /// <summary>Where nobody else listens: the largest fleet needs 10,000 ports in a row.</summary>
    private static readonly IPAddress StubAddress = new([127, 0, 0, 2]);

    private readonly FreePorts ports = new();
    private readonly List<ScaleSample> samples = [];

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        var load = new MachineLoad();
        foreach (var nodes in options.Nodes)
        {
            await HandlersAsync(nodes, cancellation);
            await StandaloneAsync(nodes, cancellation);
        }

        var report = new ScaleReport(options, samples);
        return new BenchResult
        {
            Name = "scale",
            Method = ScaleReport.Method,
            MachineBusyPercent = load.BusyPercent(),
            Versions = new Dictionary<string, string> { ["monitor"] = "this commit" },
            Settings = report.Settings(),
            RawText = report.RawText(),
            Samples = JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListScaleSample)!,
            Table = report.Table(),
            Faults = report.Faults(),
        };
    }

    private async Task HandlersAsync(int nodes, CancellationToken cancellation)
    {
        await using var stubs = await StubsAsync(nodes, cancellation);
        var place = folder.New(string.Create(CultureInfo.InvariantCulture, $"handlers-{stubs.Count}"));
        await using var table = await TableService.StartAsync(folder.New(Path.GetFileName(place) + "-table"), options.Azurite, ports.Next(), cancellation);
        await using var monitor = new ScaledMonitor(place, options, ports, stubs, table);
        await monitor.StartAsync(cancellation);
        var parts = new ScaleParts(monitor, [table.Pid], [stubs.Pid, monitor.BrokerPid], table.Requests, _ => monitor.WorkingAsync(cancellation));
        await RoundsAsync(parts, stubs, cancellation);
        if (monitor.Failed > 0)
        {
            await Console.Error.WriteLineAsync($"{monitor.Failed} messages were not done the first time");
        }
    }

    private async Task StandaloneAsync(int nodes, CancellationToken cancellation)
    {
        await using var stubs = await StubsAsync(nodes, cancellation);
        await using var monitor = new WholeMonitor(
            folder, string.Create(CultureInfo.InvariantCulture, $"standalone-{stubs.Count}"), options.Monitor, ports, stubs, stubs.Count > MostInAPeriod ? LongPeriod : Period);
        await monitor.StartAsync(cancellation);
        await RoundsAsync(new ScaleParts(monitor, [], [stubs.Pid], () => 0, end => Task.FromResult(end.Answered)), stubs, cancellation);
    }

    private Task<StubFleet> StubsAsync(int nodes, CancellationToken cancellation) => StubFleet.StartAsync(folder, new FreePorts(10_000), StubAddress, nodes, 0, cancellation);

    private async Task RoundsAsync(ScaleParts parts, StubFleet stubs, CancellationToken cancellation)
    {
        for (var round = 1 - options.WarmUp; round <= options.Rounds; round++)
        {
            var sample = await TickAsync(parts, stubs, round, cancellation);
            await TellAsync(sample, Text($"{round}/{options.Rounds}"));
            if (round > 0)
            {
                samples.Add(sample);
            }
        }

        await FallAsync(parts, stubs, cancellation);
    }

    /// <summary>All nodes go at once, as they do with what they share: each has its row, its history, an incident and an alert to be written.</summary>
    private async Task FallAsync(ScaleParts parts, StubFleet stubs, CancellationToken cancellation)
    {
        await stubs.EndAsync();
        for (var tick = 1; tick <= UntilDown; tick++)
        {
            var sample = await TickAsync(parts with { Beside = [] }, stubs, tick, cancellation);
            await TellAsync(sample, Text($"all gone, {tick}"));
            samples.Add(sample);
        }

        if (samples[^1].Answered > 0)
        {
            throw new BenchException($"{samples[^1].Answered} of {stubs.Count} nodes still count as working {UntilDown} ticks after they were gone");
        }
    }

    private static Task TellAsync(ScaleSample sample, string round) => Console.Error.WriteLineAsync(Text(
        $"{sample.Who}, {sample.Nodes} nodes, {round}: {sample.Milliseconds:0} ms, {sample.CpuPerProbe:0} us a probe, store {sample.StoreMicroseconds / sample.Nodes:0} us, {sample.Requests} requests, {sample.PeakKibibytes / 1024} MiB, {sample.Answered} answered"));

    private static async Task<ScaleSample> TickAsync(ScaleParts parts, StubFleet stubs, int round, CancellationToken cancellation)
    {
        var monitor = parts.Monitor;
        await monitor.WaitForTurnAsync(cancellation);
        var fallen = stubs.IsGone;
        await AnswersAsync(stubs, cancellation);
        var before = (Requests: parts.Requests(), Own: Cpu(monitor.Pids), Store: Cpu(parts.Store), Beside: Cpu(parts.Beside));
        var end = await monitor.TickAsync(cancellation);
        await Task.Delay(Settle, TimeProvider.System, cancellation);
        var (own, store, beside) = (Cpu(monitor.Pids) - before.Own, Cpu(parts.Store) - before.Store, Cpu(parts.Beside) - before.Beside);
        var requests = parts.Requests() - before.Requests;
        return new ScaleSample(
            monitor.Name, stubs.Count, round, await parts.WorkingAsync(end), await AnswersAsync(stubs, cancellation), Math.Round(end.Milliseconds, 1),
            own, store, beside, requests, monitor.Pids.Max(ProcFile.PeakRss), fallen);
    }

    private static Task<int> AnswersAsync(StubFleet stubs, CancellationToken cancellation) => stubs.IsGone ? Task.FromResult(0) : stubs.AnswersAsync(cancellation);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>In microseconds.</summary>
    private static double Cpu(IEnumerable<int> pids) => Math.Round(pids.Sum(Libc.CpuNanoseconds) / 1000.0, 1);
}
