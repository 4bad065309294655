using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>What the samples of an idle bench say.</summary>
internal sealed class IdleReport(IReadOnlyList<Stand> stands, IReadOnlyList<IdleSample> samples)
{
    public IReadOnlyDictionary<string, string> Versions => stands.ToDictionary(s => s.Name, s => s.Version);

    public string RawText => string.Join("\n\n", samples.GroupBy(s => s.Supervisor).Select(Raw));

    public JsonNode Samples => JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListIdleSample)!;

    public string Table
    {
        get
        {
            var table = new MarkdownTable("idle", "version", "n", "processes", "threads", "RSS MiB p50", "max", "PSS MiB p50", "max", "CPU % of a core", "over, s");
            foreach (var stand in stands)
            {
                Row(table, stand, [.. samples.Where(s => s.Supervisor == stand.Name)]);
            }

            return table.ToString();
        }
    }

    private static void Row(MarkdownTable table, Stand stand, List<IdleSample> own)
    {
        var rss = new Distribution(own.Select(s => s.RssKibibytes / 1024.0));
        var pss = new Distribution(own.Select(s => s.PssKibibytes / 1024.0));
        var seconds = own[^1].Seconds - own[0].Seconds;
        table.Row(
            stand.Name, stand.Version, Text($"{own.Count}"), Text($"{own[^1].Processes}"), Text($"{own[^1].Threads}"),
            Distribution.Text(rss.P50), Distribution.Text(rss.Max), Distribution.Text(pss.P50), Distribution.Text(pss.Max),
            Text($"{own[^1].CpuTicks - own[0].CpuTicks:0} ticks = {(own[^1].CpuTicks - own[0].CpuTicks) / seconds:0.000} %"),
            Text($"{seconds:0}"));
    }

    private static string Raw(IGrouping<string, IdleSample> own) =>
        $"{own.Key} (s: RSS/PSS KiB, ticks): {string.Join("; ", own.Select(s => Text($"{s.Seconds:0}: {s.RssKibibytes}/{s.PssKibibytes}, {s.CpuTicks}")))}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
