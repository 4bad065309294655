namespace MoneroCloud.Core;

/// <summary>How metrics are written.</summary>
public enum MetricsFormat
{
    /// <summary>Prometheus' text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.</summary>
    OpenMetrics,
}
