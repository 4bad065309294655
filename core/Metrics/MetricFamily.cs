using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>One metric: its name as it stands in the text format, and what docs/metrics.md says of it.</summary>
/// <param name="Name">Counters end in <c>_total</c>, infos in <c>_info</c>; base units.</param>
/// <param name="Help">One sentence.</param>
public sealed record MetricFamily(string Name, MetricType Type, string Help, params ImmutableArray<string> Labels)
{
    /// <summary>In the word of the format: text knows no info.</summary>
    public string TypeText(MetricsFormat format) => (Type, format) switch
    {
        (MetricType.Counter, _) => "counter",
        (MetricType.Histogram, _) => "histogram",
        (MetricType.Info, MetricsFormat.OpenMetrics) => "info",
        _ => "gauge",
    };

    /// <summary>OpenMetrics calls a family without the ending that its samples have.</summary>
    public string FamilyText(MetricsFormat format) => (Type, format) switch
    {
        (MetricType.Counter, MetricsFormat.OpenMetrics) => Name[..^"_total".Length],
        (MetricType.Info, MetricsFormat.OpenMetrics) => Name[..^"_info".Length],
        _ => Name,
    };
}
