using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary><c>cold</c>: from <c>kill -9</c> of a real wallet to its first answer, beside the same wallet's start by hand.</summary>
internal sealed class ColdBench(ColdOptions options, RunFolder folder)
{
    private const string Hand = "by hand";

    private const string Method = """
        Real monero-wallet-rpc without a wallet open. By hand: from just before the bench itself starts the process to the first answer to
        get_version. Supervised: from just before SIGKILL (through a pidfd, its death awaited) to the first answer of the
        replacement. Asked every 2 ms, each time on a new connection, the same way for both. The trials are interleaved, and in every
        second trial the order is reversed; nothing else is started meanwhile. The ratio is between the medians.
        """;

    private readonly Nursery nursery = new(folder, ChildKind.Wallet);
    private readonly List<ColdSample> samples = [];
    private readonly Dictionary<int, long> lastAnswer = [];

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        await nursery.PrepareAsync(cancellation);
        var stands = options.Programs.MakeSupervisors(folder)
            .Select(s => new Stand(s, nursery.Make(s.Name, options.Children), control: null)).ToList();
        try
        {
            foreach (var stand in stands)
            {
                await stand.StartAsync(cancellation);
            }

            return await MeasureAsync(stands, cancellation);
        }
        finally
        {
            await Task.WhenAll(stands.Select(s => s.DisposeAsync().AsTask()));
        }
    }

    private async Task<BenchResult> MeasureAsync(List<Stand> stands, CancellationToken cancellation)
    {
        var byHand = nursery.Make("hand");
        stands.SelectMany(s => s.Children).ToList().ForEach(c => lastAnswer[c.Port] = TimeProvider.System.GetTimestamp());
        await HandStart.MeasureAsync(byHand, cancellation);
        var load = new MachineLoad();
        for (var trial = 0; trial < options.Trials; trial++)
        {
            IEnumerable<Stand?> turns = [null, .. stands];
            foreach (var turn in trial % 2 == 0 ? turns : turns.Reverse())
            {
                var child = turn is null ? byHand : turn.Children[trial % options.Children];
                var milliseconds = turn is null
                    ? await HandStart.MeasureAsync(child, cancellation)
                    : await KillAsync(turn, child, cancellation);
                samples.Add(new ColdSample(turn?.Name ?? Hand, trial, child.Port, Math.Round(milliseconds, 3)));
                await Console.Error.WriteLineAsync(Text($"{trial + 1}/{options.Trials} {samples[^1].Who}: {milliseconds:0} ms"));
            }
        }

        return await ReportAsync(stands, load.BusyPercent(), cancellation);
    }

    private async Task<double> KillAsync(Stand stand, ChildSpec child, CancellationToken cancellation)
    {
        var wait = options.Gap - TimeProvider.System.GetElapsedTime(lastAnswer[child.Port]);
        await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, TimeProvider.System, cancellation);
        if (!stand.Pids().TryGetValue(child.Port, out var pid))
        {
            return double.PositiveInfinity;
        }

        var descriptor = Libc.OpenProcess(pid);
        var began = TimeProvider.System.GetTimestamp();
        Libc.Signal(descriptor, Libc.Sigkill);
        Libc.HasExited(descriptor, TimeSpan.FromSeconds(5));
        Libc.Close(descriptor);
        var milliseconds = await FirstAnswer.AfterAsync(began, child.Port, cancellation);
        lastAnswer[child.Port] = TimeProvider.System.GetTimestamp();
        return milliseconds;
    }

    private async Task<BenchResult> ReportAsync(List<Stand> stands, double busyPercent, CancellationToken cancellation)
    {
        var versions = stands.ToDictionary(s => s.Name, s => s.Version);
        versions["monero-wallet-rpc"] = await Shell.VersionAsync(cancellation, "monero-wallet-rpc", "--version");
        var own = Of(Hand);
        var table = new MarkdownTable("until the RPC answers, ms", "n", "p50", "p95", "max", "p50 : by hand");
        foreach (var who in stands.Select(s => s.Name).Prepend(Hand))
        {
            var figures = Of(who);
            table.Row(who, Text($"{figures.Count}"), Show(figures.P50), Show(figures.P95), Show(figures.Max), Text($"{figures.P50 / own.P50:0.000}"));
        }

        return new BenchResult
        {
            Name = "cold",
            Method = Method,
            MachineBusyPercent = busyPercent,
            Versions = versions,
            Settings = new Dictionary<string, string>
            {
                ["wallets"] = Text($"{options.Children} each"),
                ["trials"] = Text($"{options.Trials} each"),
                ["least time from an answer to the next kill of that wallet"] = Text($"{options.Gap.TotalSeconds:0} s"),
            },
            RawText = string.Join("\n\n", samples.GroupBy(s => s.Who).Select(g => $"{g.Key}: {string.Join(' ', g.Select(s => Show(s.Milliseconds)))}")),
            Samples = JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListColdSample)!,
            Table = table.ToString(),
            Faults = double.IsFinite(own.Max) ? [] : ["a wallet started by hand did not answer"],
        };
    }

    private Distribution Of(string who) => new(samples.Where(s => s.Who == who).Select(s => s.Milliseconds));

    private static string Show(double value) => Distribution.Text(value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
