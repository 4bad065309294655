using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary><c>tick</c>: what it costs to probe a fleet once, beside Debian's blackbox exporter; and what hung nodes do to a tick.</summary>
internal sealed class TickBench(TickOptions options, RunFolder folder)
{
    /// <summary>Nodes that each prober asks at one time: the monitor's default.</summary>
    public const int AtOnce = 32;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    // The monitor ticks by itself: its next one has to come after the turns of the others, which take some 20 s each then.
    private static readonly TimeSpan HungPeriod = TimeSpan.FromMinutes(2);

    // Until what a tick leaves to be done in the background is done, and counted.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    private readonly FreePorts ports = new();
    private readonly List<TickSample> samples = [];
    private readonly Dictionary<string, string> versions = [];

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        var load = new MachineLoad();
        await PartAsync(0, options.Rounds, Period, cancellation);
        if (options.HungRounds > 0)
        {
            await PartAsync(options.Hung, options.HungRounds, HungPeriod, cancellation);
        }

        var report = new TickReport(options, samples);
        return new BenchResult
        {
            Name = "tick",
            Method = TickReport.Method,
            MachineBusyPercent = load.BusyPercent(),
            Versions = versions,
            Settings = report.Settings(),
            RawText = report.RawText(),
            Samples = JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListTickSample)!,
            Table = report.Table(),
            Faults = report.Faults(),
        };
    }

    /// <summary>All of them on the same stubs, in turns; in every second round the order is reversed.</summary>
    private async Task PartAsync(int hung, int rounds, TimeSpan period, CancellationToken cancellation)
    {
        await using var stubs = await StubFleet.StartAsync(folder, ports, options.Nodes, hung, cancellation);
        await using var bare = new BareProber(options.Prober, stubs);
        await using var blackbox = new BlackboxExporter(folder.Path, ports.Next(), stubs);
        await using var whole = new WholeMonitor(folder, string.Create(CultureInfo.InvariantCulture, $"monitor-{hung}"), options.Monitor, ports, stubs, period);
        ITicker[] tickers = [bare, blackbox, whole];
        foreach (var ticker in tickers)
        {
            await ticker.StartAsync(cancellation);
            versions[ticker.Name] = await ticker.VersionAsync(cancellation);
        }

        // With hung nodes time is what is measured, not CPU: one tick, in which they are found out, is enough.
        var warmUp = hung == 0 ? options.WarmUp : 1;
        for (var round = 1; round <= warmUp + rounds; round++)
        {
            foreach (var ticker in round % 2 == 0 ? tickers : tickers.Reverse())
            {
                var sample = await TickAsync(ticker, stubs, round - warmUp, cancellation);
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{round}/{warmUp + rounds}, {hung} hung, {sample.Who}: {sample.Milliseconds:0} ms, {sample.CpuPerProbe:0} us a probe, {sample.Answered} answered"));
                if (round > warmUp)
                {
                    samples.Add(sample);
                }
            }
        }
    }

    private static async Task<TickSample> TickAsync(ITicker ticker, StubFleet stubs, int round, CancellationToken cancellation)
    {
        await ticker.WaitForTurnAsync(cancellation);
        await stubs.AnswersAsync(cancellation);
        var before = ticker.Pids.Sum(Libc.CpuNanoseconds);
        var end = await ticker.TickAsync(cancellation);
        await Task.Delay(Settle, TimeProvider.System, cancellation);
        var cpu = ticker.Pids.Sum(Libc.CpuNanoseconds) - before;
        return new TickSample(
            ticker.Name, round, stubs.Count, stubs.Hung, end.Answered, await stubs.AnswersAsync(cancellation),
            Math.Round(end.Milliseconds, 3), Math.Round(cpu / 1000.0, 1), ticker.Pids.Sum(pid => ProcFile.Rollup(pid, "Rss:")));
    }
}
