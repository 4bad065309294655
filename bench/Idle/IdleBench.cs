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
            var samples = await IdleSample.TakeAsync(stands, options, cancellation);
            return Report(stands, samples, load.BusyPercent()) with { Faults = monitor?.Faults() ?? [] };
        }
        finally
        {
            await Task.WhenAll(stands.Select(s => s.DisposeAsync().AsTask()));
        }
    }

    private BenchResult Report(List<Stand> stands, IReadOnlyList<IdleSample> samples, double busyPercent)
    {
        var report = new IdleReport(stands, samples);
        return new BenchResult
        {
            Name = options.Monitor is null ? "idle" : "idle-enrolled",
            Method = options.Monitor is null ? Method : $"{Method}\n{EnrolledMethod}",
            MachineBusyPercent = busyPercent,
            Versions = report.Versions,
            Settings = options.Settings,
            RawText = report.RawText,
            Samples = report.Samples,
            Table = report.Table,
        };
    }
}
