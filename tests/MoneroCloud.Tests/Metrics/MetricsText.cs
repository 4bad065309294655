namespace MoneroCloud.Tests.Metrics;

/// <summary>An answer of metrics in text, taken apart.</summary>
internal sealed class MetricsText(string text)
{
    public string[] Lines { get; } = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Names and types as they are declared.</summary>
    public IReadOnlyList<(string Name, string Type)> Families => [.. Lines.Where(l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(l => l.Split(' ')).Select(p => (p[2], p[3]))];

    public IEnumerable<string> Samples => Lines.Where(l => l[0] != '#');

    /// <summary>The values of one series; empty where it is not there.</summary>
    public IReadOnlyList<string> Of(string series) => [.. Samples.Where(l => l.StartsWith(series + ' ', StringComparison.Ordinal)).Select(l => l[(series.Length + 1)..])];

    public string Value(string series) => Of(series) is [var only] ? only : throw new InvalidOperationException($"{series}: {Of(series).Count}");
}
