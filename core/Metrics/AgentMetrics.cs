using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What monitor and agent both tell of an agent, under the same names.</summary>
public static class AgentMetrics
{
    public static MetricFamily Info { get; } = new("monerocloud_agent_info", MetricType.Info, "An agent and the version of its program.", "agent", "version");

    public static MetricFamily Nodes { get; } = new("monerocloud_agent_nodes", MetricType.Gauge, "Nodes that it declares.", "agent");

    public static MetricFamily ReportAt { get; } = new(
        "monerocloud_agent_last_report_timestamp_seconds", MetricType.Gauge, "When its newest report arrived, by the clock of who tells: at the monitor, or at the bus. Absent before the first.", "agent");

    /// <summary>In the order in which they are written.</summary>
    public static ImmutableArray<MetricFamily> All { get; } = [Info, Nodes, ReportAt];
}
