using System.Globalization;
using System.Text;

namespace MoneroCloud.Bench;

/// <summary>The figures of the scale bench from its samples.</summary>
internal sealed class ScaleReport(ScaleOptions options, IReadOnlyList<ScaleSample> samples)
{
    public const string Method = """
        All nodes are stubs of one C program, a port each. The published monitor probes them in two forms, one after the other. As handlers: several processes over one
        Azurite (a table service in one thread of JavaScript, no measure of Azure's) and one broker, the bench in the place of the Functions host: the timer's call goes to
        one of them in turn, and each takes up to four messages of the queue probe-shards at a time, as host.json says; up to 300 nodes are probed by the
        call itself. A tick lasts from the timer's call to the last message that is done. Standalone: one process with SQLite and its own broker; from the second of its
        schedule to the time that the last of its 16 shards wrote. CPU is user and system time, from just before a tick to 1 s after its end: of all processes of the monitor together, and of
        Azurite apart. Requests are the lines of Azurite's own log; one writes up to 100 rows. Memory is the largest peak (VmHWM) that a process of the
        monitor has had since its start, the first tick, which makes all rows, included. Everything shares the machine's cores: handlers, Azurite, broker, stubs
        and the bench. A tick in which not each node was asked once and found working is a fault. "All at once": after the last of these the stubs are ended, and four
        more ticks are measured; the longest of them writes for each node its row, its history, an incident and an alert, and decides to whom each alert goes.
        """;

    public Dictionary<string, string> Settings() => new()
    {
        ["nodes"] = string.Join(", ", options.Nodes.Select(n => Text($"{n}"))),
        ["handlers"] = Text($"{options.Handlers}"),
        ["ticks before the first that counts"] = Text($"{options.WarmUp}"),
    };

    public string RawText() => string.Join(
        "\n\n",
        samples.GroupBy(s => (s.Who, s.Nodes, s.Fallen)).Select(g =>
            Text($"{g.Key.Who}, {g.Key.Nodes} nodes{(g.Key.Fallen ? ", all gone" : "")} (ms/us a probe/us of the store a probe/requests/peak MiB): ") +
            string.Join(' ', g.Select(s => Text($"{s.Milliseconds:0}/{s.CpuPerProbe:0.0}/{s.StoreMicroseconds / s.Nodes:0.0}/{s.Requests}/{s.PeakKibibytes / 1024}")))));

    public string Table()
    {
        var table = new MarkdownTable(
            "tick", "nodes", "n", "ms p50", "p95", "max", "CPU us a probe p50", "max", "store's CPU us a probe p50", "requests p50", "requests a node", "peak MiB of a process");
        foreach (var group in samples.Where(s => !s.Fallen).GroupBy(s => (s.Who, s.Nodes)))
        {
            var (time, cpu, requests) = (Of(group, s => s.Milliseconds), Of(group, s => s.CpuPerProbe), Of(group, s => s.Requests));
            table.Row(
                group.Key.Who, Text($"{group.Key.Nodes}"), Text($"{time.Count}"), Show(time.P50), Show(time.P95), Show(time.Max), Show(cpu.P50), Show(cpu.Max),
                Show(Of(group, s => s.StoreMicroseconds / s.Nodes).P50), Show(requests.P50), Show(requests.P50 / group.Key.Nodes), Show(group.Max(s => s.PeakKibibytes) / 1024.0));
        }

        return new StringBuilder(table.ToString()).Append("\n### As the fleet grows\n\n").Append(Growth())
            .Append("\n### All at once\n\n").Append(Fallen()).ToString();
    }

    public IReadOnlyList<string> Faults() =>
    [
        .. samples.Where(s => !s.IsRight).Select(s => Text($"{s.Who}, round {s.Round}: {s.Answered} nodes found working and {s.StubAnswers} answers sent, of {s.Nodes}")),
    ];

    private MarkdownTable Fallen()
    {
        var table = new MarkdownTable("all nodes gone", "nodes", "ticks", "their ms", "the longest's CPU us a node", "its requests a node", "peak MiB of a process");
        foreach (var group in samples.Where(s => s.Fallen).GroupBy(s => (s.Who, s.Nodes)))
        {
            var longest = group.MaxBy(s => s.Milliseconds)!;
            table.Row(
                group.Key.Who, Text($"{group.Key.Nodes}"), Text($"{group.Count()}"), string.Join(", ", group.Select(s => Show(s.Milliseconds))), Show(longest.CpuPerProbe),
                Text($"{(double)longest.Requests / longest.Nodes:0.00}"), Show(group.Max(s => s.PeakKibibytes) / 1024.0));
        }

        return table;
    }

    /// <summary>A tick costs something whatever the fleet is; so beside the cost of a node there is the cost of one node more.</summary>
    private MarkdownTable Growth()
    {
        var table = new MarkdownTable(["cost of a node, p50", .. options.Nodes.Select(n => Text($"{n} nodes")), .. options.Nodes.Skip(1).Select((n, i) => Text($"each more from {options.Nodes[i]} to {n}")), "last : first"]);
        foreach (var form in samples.Where(s => !s.Fallen).GroupBy(s => s.Who))
        {
            Grow(table, $"{form.Key}: monitor's CPU, us", form, s => s.MonitorMicroseconds);
            Grow(table, $"{form.Key}: tick, us", form, s => s.Milliseconds * 1000);
            if (form.Any(s => s.Requests > 0))
            {
                Grow(table, $"{form.Key}: store's CPU, us", form, s => s.StoreMicroseconds);
                Grow(table, $"{form.Key}: requests", form, s => s.Requests);
            }
        }

        return table;
    }

    private void Grow(MarkdownTable table, string what, IEnumerable<ScaleSample> form, Func<ScaleSample, double> figure)
    {
        var costs = options.Nodes.Select(n => Of(form.Where(s => s.Nodes == n), figure).P50).ToArray();
        var each = costs.Zip(options.Nodes, (cost, nodes) => cost / nodes).ToArray();
        var more = Enumerable.Range(1, costs.Length - 1).Select(i => (costs[i] - costs[i - 1]) / (options.Nodes[i] - options.Nodes[i - 1]));
        table.Row([what, .. each.Select(Show), .. more.Select(Show), Text($"{each[^1] / each[0]:0.00}")]);
    }

    private static Distribution Of(IEnumerable<ScaleSample> of, Func<ScaleSample, double> figure) => new(of.Select(figure));

    private static string Show(double value) => Distribution.Text(value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
