using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>The figures of the tick bench from its samples.</summary>
internal sealed class TickReport(TickOptions options, IReadOnlyList<TickSample> samples)
{
    public const string Method = """
        All nodes are stubs of one C program, whose own CPU is not counted. Three processes probe them in turns, in every second round in the
        reverse order: the monitor's probe alone; Debian's prometheus-blackbox-exporter (module http, POST of get_version), scraped once for each
        node over kept connections; and the whole published standalone monitor, with its timer, its messages, diagnosis and SQLite. Each asks 32
        nodes at one time, each node over a connection of its own. CPU is the user and system time of the process (its CPU clock), from just before a tick to 1 s
        after its end; the scraper's is not counted. The whole monitor's tick is timed from the second of its schedule to the time that
        the last of its 16 shards wrote. The stubs count their answers: a tick in which not every node that answers was asked once is a fault. The
        hung nodes take the request and never answer; each prober gives them 5 s.
        """;

    public Dictionary<string, string> Settings() => new()
    {
        ["nodes"] = Text($"{options.Nodes}"),
        ["hung in the second part"] = Text($"{options.Hung}"),
        ["ticks before the first that counts"] = Text($"{options.WarmUp}"),
        ["asked at one time"] = Text($"{TickBench.AtOnce}"),
    };

    public string RawText() => string.Join(
        "\n\n",
        samples.GroupBy(s => (s.Who, s.Hung)).Select(g =>
            Text($"{g.Key.Who}, {g.Key.Hung} hung (ms/us a probe/RSS KiB): ") +
            string.Join(' ', g.Select(s => Text($"{s.Milliseconds:0}/{s.CpuPerProbe:0.0}/{s.RssKibibytes}")))));

    public string Table()
    {
        var table = new MarkdownTable("tick", "hung", "n", "ms p50", "max", "ms : without hung", "CPU us a probe p50", "max", "CPU : blackbox", "RSS MiB max");
        foreach (var group in samples.GroupBy(s => (s.Who, s.Hung)))
        {
            var time = Of(group, s => s.Milliseconds);
            var cpu = Of(group, s => s.CpuPerProbe);
            var calm = Of(samples.Where(s => s.Who == group.Key.Who && s.Hung == 0), s => s.Milliseconds);
            var blackbox = Of(samples.Where(s => s.Who.StartsWith("blackbox", StringComparison.Ordinal) && s.Hung == group.Key.Hung), s => s.CpuPerProbe);
            table.Row(
                group.Key.Who, Text($"{group.Key.Hung}"), Text($"{time.Count}"), Show(time.P50), Show(time.Max), Text($"{time.P50 / calm.P50:0.00}"),
                Show(cpu.P50), Show(cpu.Max), Text($"{cpu.P50 / blackbox.P50:0.000}"), Show(Of(group, s => s.RssKibibytes / 1024.0).Max));
        }

        return table.ToString();
    }

    public IReadOnlyList<string> Faults() =>
    [
        .. samples.Where(s => !s.IsRight).Select(s => Text(
            $"{s.Who}, round {s.Round}: {s.Answered} nodes found working and {s.StubAnswers} answers sent, of {s.Nodes - s.Hung}")),
    ];

    private static Distribution Of(IEnumerable<TickSample> of, Func<TickSample, double> figure) => new(of.Select(figure));

    private static string Show(double value) => Distribution.Text(value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
