using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Metrics;

/// <summary>The tables of docs/metrics.md are made from the program's own words. <c>MONEROCLOUD_APPROVE=1</c> writes them again.</summary>
public sealed class MetricsDocumentTests
{
    private const string Document = "docs/metrics.md";

    private static IEnumerable<MetricFamily> Monitor => [.. FleetMetrics.All, .. NodeMetrics.All, .. AgentMetrics.All, .. InstanceMetrics.All, .. ProcessMetrics.All];

    private static IEnumerable<MetricFamily> Agent => [.. NodeMetrics.All, .. HostMetrics.All, .. AgentMetrics.All, .. ProcessMetrics.All];

    /// <summary>A row of a table of the document.</summary>
    internal sealed record DocumentRow(string Name, string Type, string Labels, string Help);

    [Fact]
    public void The_monitors_table_is_what_the_program_says() => IsUpToDate("monitor", Monitor);

    [Fact]
    public void The_agents_table_is_what_the_program_says() => IsUpToDate("agent", Agent);

    [Fact]
    public void Names_follow_the_conventions_of_Prometheus() => Assert.All(Monitor.Concat(Agent), f =>
    {
        Assert.Matches("^[a-z][a-z0-9_]*$", f.Name);
        Assert.Equal(f.Type == MetricType.Counter, f.Name.EndsWith("_total", StringComparison.Ordinal));
        Assert.Equal(f.Type == MetricType.Info, f.Name.EndsWith("_info", StringComparison.Ordinal));
        Assert.EndsWith(".", f.Help, StringComparison.Ordinal);
        Assert.All(f.Labels, l => Assert.Matches("^[a-z_]+$", l));
    });

    /// <summary>The rows of the table between its two marks.</summary>
    internal static IReadOnlyList<DocumentRow> Rows(string table) =>
    [
        .. TextOf(table).Split('\n')
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Select(c => new DocumentRow(c[1].Trim('`'), c[2], c[3], c[4])),
    ];

    private static void IsUpToDate(string table, IEnumerable<MetricFamily> families)
    {
        var text = File.ReadAllText(GeneratedFile.At(Document));
        var rows = families.Select(f => $"| `{f.Name}` | {$"{f.Type}".ToLowerInvariant()} | {string.Join(", ", f.Labels)} | {f.Help} |\n");
        var (from, to) = PartOf(text, table);
        GeneratedFile.IsUpToDate(Document, $"{text[..from]}\n\n| metric | type | labels | |\n|---|---|---|---|\n{string.Concat(rows)}\n{text[to..]}");
    }

    private static string TextOf(string table)
    {
        var text = File.ReadAllText(GeneratedFile.At(Document));
        var (from, to) = PartOf(text, table);
        return text[from..to];
    }

    private static (int From, int To) PartOf(string text, string table)
    {
        var (begin, end) = ($"<!-- metrics of the {table} -->", $"<!-- end of the metrics of the {table} -->");
        return (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
    }
}
