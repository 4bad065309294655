namespace MoneroCloud.Core;

/// <summary>What the samples of a family mean over time.</summary>
public enum MetricType
{
    /// <summary>Rises, and begins anew where that is said.</summary>
    Counter,

    Gauge,

    Histogram,

    /// <summary>Always 1: its labels are what it tells.</summary>
    Info,
}
