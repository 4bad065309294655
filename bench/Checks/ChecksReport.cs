using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>Makes the figures of a checks run.</summary>
internal sealed class ChecksReport(
    ChecksOptions options, IReadOnlyList<IContestant> contestants, IReadOnlyList<CheckBlock> blocks, IReadOnlyList<PassSample> passes)
{
    private const string Method = """
        Every contestant checks the same wallets, one after another, inside one process of its own that reads the clock around each check;
        blocks of one check alternate between the contestants, whose order is reversed in every second block, after one block for warming
        up. CPU is the user and system time of the contestant's process over its blocks, divided by the checks; the wallet's own
        is not in it. A pass is one full check of all wallets in the way the contestant goes through a fleet: PHP one after another, as the
        original does, ours side by side; a hung wallet is one that was sent SIGSTOP. Percentiles are nearest-rank.
        """;

    public BenchResult Make(IReadOnlyDictionary<string, string> versions, double busyPercent) => new()
    {
        Name = "checks",
        Method = Method,
        MachineBusyPercent = busyPercent,
        Versions = versions,
        Settings = new Dictionary<string, string>
        {
            ["wallets"] = Text($"{options.Children} ({options.Kind})"),
            ["blocks"] = Text($"{options.Blocks} of each check"),
            ["rounds in a block"] = Text($"{options.Rounds}"),
        },
        RawText = RawText(),
        Samples = new JsonObject
        {
            ["blocks"] = JsonSerializer.SerializeToNode(blocks, BenchJson.Default.IReadOnlyListCheckBlock),
            ["passes"] = JsonSerializer.SerializeToNode(passes, BenchJson.Default.IReadOnlyListPassSample),
        },
        Table = $"{CheckTable()}\n{PassTable()}",
        Faults = [.. blocks.Where(b => b.Failed > 0).Select(b => $"{b.Who}: {b.Failed} {b.Method} checks of working wallets failed")],
    };

    private string CheckTable()
    {
        var table = new MarkdownTable("check", "by", "n", "p50 ms", "p95 ms", "p99 ms", "max ms", "CPU ms a check", "p50 : PHP", "CPU : PHP");
        foreach (var method in ChecksBench.Methods)
        {
            var (reference, referenceCpu) = Of(contestants[0], method);
            foreach (var contestant in contestants)
            {
                var (figures, cpu) = Of(contestant, method);
                table.Row(
                    method, contestant.Who, Text($"{figures.Count}"), Exact(figures.P50), Exact(figures.P95), Exact(figures.P99),
                    Exact(figures.Max), Exact(cpu), Text($"{figures.P50 / reference.P50:0.00}"), Text($"{cpu / referenceCpu:0.00}"));
            }
        }

        return table.ToString();
    }

    private string PassTable()
    {
        var table = new MarkdownTable(Text($"full pass over {options.Children}, hung"), "by", "n", "p50 ms", "max ms");
        foreach (var pass in passes.GroupBy(p => (p.Hung, p.Who)))
        {
            var figures = new Distribution(pass.Select(p => p.Milliseconds));
            table.Row(Text($"{pass.Key.Hung}"), pass.Key.Who, Text($"{figures.Count}"), Distribution.Text(figures.P50), Distribution.Text(figures.Max));
        }

        return table.ToString();
    }

    private (Distribution Milliseconds, double CpuMilliseconds) Of(IContestant contestant, string method)
    {
        var own = blocks.Where(b => b.Who == contestant.Who && b.Method == method).ToList();
        var figures = new Distribution(own.SelectMany(b => b.Nanoseconds).Select(n => n / 1e6));
        return (figures, own.Sum(b => b.CpuMicroseconds) / 1e3 / figures.Count);
    }

    private string RawText()
    {
        var text = blocks.Select(b => Text(
            $"{b.Who}, {b.Method}: {b.Nanoseconds.Length} checks, {b.CpuMicroseconds} us CPU, ns p50 {new Distribution(b.Nanoseconds.Select(n => (double)n)).P50:0}"));
        return "Each check is in the JSON file; here each block.\n\n- " + string.Join("\n- ", text);
    }

    private static string Exact(double milliseconds) => Text($"{milliseconds:0.0000}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
