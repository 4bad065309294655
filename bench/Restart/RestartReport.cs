using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary>Makes the figures of a restart run.</summary>
internal sealed class RestartReport(
    RestartOptions options, IReadOnlyList<Stand> stands, IReadOnlyList<KillSample> samples, Distribution lookGaps, TimeSpan leastGap)
{
    private const string Reference = "runit";

    private const string Method = """
        All supervisors run at once with their shipped defaults, each with its own children of the same program; one schedule interleaves
        the kills, the same number of each, in turn over the children. One thread sends SIGKILL through a pidfd and looks for the
        replacement: a new pid whose parent is the supervisor and whose command line carries that child's port, so after exec, the same
        way for all. "Seen" is from just before the signal to that look. "By its own clock" is from just before the signal to the first
        instruction of the replacement's main(), as the stand-in child itself reads CLOCK_MONOTONIC: it owes nothing to the looking, and
        is the check on it. Percentiles are nearest-rank; what did not come back, or was not there
        to be killed at its turn, counts as infinite. Each control is a child
        that its supervisor was told not to restart: it must be seen "never".
        """;

    public BenchResult Make(double busyPercent) => new()
    {
        Name = options.Kind == ChildKind.Wallet ? "restart-wallets" : "restart",
        Method = Method,
        MachineBusyPercent = busyPercent,
        Versions = stands.ToDictionary(s => s.Name, s => s.Version),
        Settings = Settings(),
        RawText = string.Join("\n\n", samples.GroupBy(s => s.Supervisor).Select(Raw)),
        Samples = JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListKillSample)!,
        Table = $"{Table()}\n{ControlTable()}\n{LookTable()}",
        Faults = [.. Faults()],
    };

    private Dictionary<string, string> Settings() => new()
    {
        ["children"] = $"{options.Children} each ({options.Kind})",
        ["kills"] = $"{options.Kills} each",
        ["least time between two kills of one child"] = Text($"{leastGap.TotalSeconds:0.00} s"),
        ["settled"] = Text($"{options.Settle.TotalSeconds:0} s"),
        ["patience"] = Text($"{options.Patience.TotalSeconds:0} s"),
        ["seed"] = Text($"{options.Seed}"),
    };

    private string Table()
    {
        var table = new MarkdownTable(
            "kill -9 -> replacement, ms", "version", "n", "p50", "p95", "max", "never", $"p50 : {Reference}", $"p95 : {Reference}",
            "by its own clock: p50", "p95", "max");
        var reference = Seen(Reference);
        foreach (var stand in stands)
        {
            var seen = Seen(stand.Name);
            var own = new Distribution(Of(stand.Name).Select(s => s.StampedMilliseconds).OfType<double>());
            table.Row(
                stand.Name, stand.Version, Text($"{seen.Count}"), Show(seen.P50), Show(seen.P95), Show(seen.Max),
                Text($"{Of(stand.Name).Count(s => s.SeenMilliseconds is null)}"),
                Show(seen.P50 / reference.P50), Show(seen.P95 / reference.P95), Show(own.P50), Show(own.P95), Show(own.Max));
        }

        return table.ToString();
    }

    private string ControlTable()
    {
        var table = new MarkdownTable("control (never expected)", "n", "killed", "replacement seen after, ms");
        foreach (var control in Controls())
        {
            table.Row(control.Supervisor, "1", control.KilledPid == 0 ? "no" : "yes", Show(control.SeenMilliseconds ?? double.PositiveInfinity));
        }

        return table.ToString();
    }

    private string LookTable() =>
        new MarkdownTable("time between looks, ms", "n", "p50", "p99", "max", "p95 of those that saw a replacement")
            .Row(
                "the looking thread", Text($"{lookGaps.Count}"), Show(lookGaps.P50), Show(lookGaps.P99), Show(lookGaps.Max),
                Show(new Distribution(samples.Select(s => s.LookGapMilliseconds).OfType<double>()).P95))
            .ToString();

    private IEnumerable<string> Faults()
    {
        if (Controls().Any(c => c.KilledPid == 0 || c.NewPid is not null))
        {
            yield return "a control was not killed, or came back";
        }
    }

    private IEnumerable<KillSample> Of(string supervisor) => samples.Where(s => s.Supervisor == supervisor);

    private IEnumerable<KillSample> Controls() => samples.Where(s => stands.All(stand => stand.Name != s.Supervisor));

    private Distribution Seen(string supervisor) =>
        new(Of(supervisor).Select(s => s.SeenMilliseconds ?? double.PositiveInfinity));

    private static string Raw(IGrouping<string, KillSample> kills) =>
        $"{kills.Key}: {string.Join(" ", kills.Select(k => Show(k.SeenMilliseconds ?? double.PositiveInfinity)))}";

    private static string Show(double value) => Distribution.Text(value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
