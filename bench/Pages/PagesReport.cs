using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>The figures of the pages bench from its samples.</summary>
internal sealed class PagesReport(PagesOptions options, IReadOnlyList<PageSample> samples, IReadOnlyList<PagesMemory> memory)
{
    public const string Method = """
        An empty store is filled with a fleet as it is after some weeks (bench/Seeder): 20 nodes an agent, each node's row one that a running monitor wrote; one node in 50 is down, with its incident; for each node with
        a past a restart a day (four rows of history), 840 hours (a day's in one row) and 90 days. In SQLite every node has a past; Azurite keeps all in memory, so there only the first ones have, and pages of
        nodes and their past are asked of those. Then the published monitor is started over it, standalone or as a handler, and asked by one client over one kept connection, one request after the other, 200 of each kind, or as many as there are in 10 s, before the first
        that counts (the monitor, and Azurite still more, are several times slower until they are compiled); Azurite has written its file by then. "Just after a deed": an operator's deed, whatever it is, has the fleet read anew for whoever asks next, as a pause of half a minute does; these are asked 10 times at most. Nodes are drawn by chance, none again before all others; their pages, as far as they count, are each the first of its node within a minute: for so long the past of a page that was looked at is kept; until the next minute begins one of them is looked at again and again. The client is in the bench's process, on the same machine; a time ends with the last byte. Bodies are counted uncompressed.
        Nothing reports or is probed meanwhile, but the monitor's own timers run. Memory is read after the last request, the peak since its start; live are all managed objects after a full collection, counted by dotnet-gcdump, the median of three dumps.
        """;

    public Dictionary<string, string> Settings() => new()
    {
        ["nodes"] = string.Join(", ", options.Nodes.Select(n => Text($"{n}"))),
        ["days of history"] = Text($"{options.Days}"),
        ["nodes with a past in Azurite"] = Text($"{options.TablePast}"),
        ["requests of each kind"] = Text($"{options.Requests}"),
    };

    public string RawText() => string.Join(
        "\n\n", samples.Select(s => Text($"{s.Store}, {s.Nodes} nodes, {s.What} (ms): ") + string.Join(' ', s.Milliseconds.Select(m => Text($"{m:0.0}")))));

    public string Table()
    {
        var times = new MarkdownTable("asked for", "store", "nodes", "n", "ms p50", "p99", "max", "KiB");
        foreach (var sample in samples)
        {
            var of = new Distribution(sample.Milliseconds);
            times.Row(sample.What, sample.Store, Text($"{sample.Nodes:N0}"), Text($"{of.Count}"), Show(of.P50), Show(of.P99), Show(of.Max), Show(sample.Bytes / 1024.0));
        }

        var kept = new MarkdownTable("store", "nodes", "filled with", "MiB resident", "MiB peak", "MiB live", "KiB live a node more than at the size before");
        foreach (var line in memory)
        {
            var before = memory.LastOrDefault(m => m.Store == line.Store && m.Nodes < line.Nodes);
            var more = before is null ? "-" : Text($"{(line.LiveKibibytes - before.LiveKibibytes) / (double)(line.Nodes - before.Nodes):0.0}");
            kept.Row(line.Store, Text($"{line.Nodes:N0}"), line.Rows, Text($"{line.ResidentKibibytes / 1024}"), Text($"{line.PeakKibibytes / 1024}"), Text($"{line.LiveKibibytes / 1024}"), more);
        }

        return $"{times}\n{Growth()}\n{kept}";
    }

    /// <summary>Whether a node more costs the same in a large fleet as in a small one.</summary>
    private MarkdownTable Growth()
    {
        var steps = options.Nodes.Zip(options.Nodes.Skip(1)).ToList();
        var growth = new MarkdownTable(["us a node more, by p50", "store", .. steps.Select(s => Text($"{s.First:N0} to {s.Second:N0}")), "last to first"]);
        foreach (var kind in samples.GroupBy(s => (s.What, s.Store)))
        {
            var p50 = kind.ToDictionary(s => s.Nodes, s => new Distribution(s.Milliseconds).P50);
            var more = steps.Select(s => 1000 * (p50[s.Second] - p50[s.First]) / (s.Second - s.First)).ToList();
            growth.Row([kind.Key.What, kind.Key.Store, .. more.Select(m => Text($"{m:0.00}")), more.Count > 1 && more[0] > 1 ? Text($"{more[^1] / more[0]:0.00}") : "-"]);
        }

        return growth;
    }

    private static string Show(double value) => Distribution.Text(value);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
