namespace MoneroCloud.Bench;

/// <summary><c>idle --metrics</c>: what an agent's own <c>/metrics</c> costs it, while nobody asks for it and while Prometheus does.</summary>
internal sealed class ScrapedBench(IdleOptions options, RunFolder folder)
{
    private const string Method = """
        Three agents at the same time with children of their own, alike but for `metrics.listen`: one without, one that listens and is not asked, one that
        Debian's Prometheus scrapes every 15 s. Each agent's own process, without its children, as in the bench idle: RSS and PSS from
        /proc/PID/smaps_rollup, CPU from the user and system time of /proc/PID/stat (10 ms ticks) between the first and the last sample.
        """;

    private readonly Nursery _nursery = new(folder, options.Kind);
    private readonly FreePorts _ports = new();

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        await _nursery.PrepareAsync(cancellation);
        var scraped = _ports.Next();
        var stands = new[] { Stand("without", null), Stand("listening", _ports.Next()), Stand("scraped", scraped) };
        await using var prometheus = new IdlePrometheus(folder.New("prometheus"), _ports.Next(), scraped);
        try
        {
            foreach (var stand in stands)
            {
                await stand.StartAsync(cancellation);
            }

            await prometheus.StartAsync(cancellation);
            await Task.Delay(options.Settle, TimeProvider.System, cancellation);
            var load = new MachineLoad();
            var before = await prometheus.ToldAsync(cancellation);
            var samples = await IdleSample.TakeAsync(stands, options, cancellation);
            var after = await prometheus.ToldAsync(cancellation);
            return await ReportAsync(new IdleReport(stands, samples), after.Scrapes - before.Scrapes, after.Samples, load.BusyPercent(), cancellation);
        }
        finally
        {
            await Task.WhenAll(stands.Select(s => s.DisposeAsync().AsTask()));
        }
    }

    private Stand Stand(string name, int? port) =>
        new(options.Programs.MakeAgent(folder, new Dictionary<string, string>(), name, port), _nursery.Make(name, options.Children), control: null);

    private async Task<BenchResult> ReportAsync(IdleReport report, int scrapes, int series, double busyPercent, CancellationToken cancellation)
    {
        var expected = (int)(options.Duration / IdlePrometheus.Period) - 1;
        return new BenchResult
        {
            Name = $"idle-metrics-{options.Children}",
            Method = Method,
            MachineBusyPercent = busyPercent,
            Versions = new Dictionary<string, string>(report.Versions) { ["prometheus"] = await IdlePrometheus.VersionAsync(cancellation) },
            Settings = new Dictionary<string, string>(options.Settings) { ["scrapes"] = $"{scrapes}, of {series} series each" },
            RawText = report.RawText,
            Samples = report.Samples,
            Table = report.Table,
            Faults = scrapes >= expected ? [] : [$"Prometheus scraped {scrapes} times, not {expected}"],
        };
    }
}
