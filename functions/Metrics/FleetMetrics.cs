using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What the monitor tells from stored state: the same, whichever of its instances is asked.</summary>
internal static class FleetMetrics
{
    public static MetricFamily Build { get; } = new("monerocloud_build_info", MetricType.Info, "The monitor's program.", "version", "mode");

    public static MetricFamily Nodes { get; } = new("monerocloud_nodes", MetricType.Gauge, "Nodes by the state in which they are counted; those of a silent agent are Unknown.", "state");

    public static MetricFamily Conditions { get; } = new("monerocloud_condition_nodes", MetricType.Gauge, "Nodes by their condition, disabled ones left out.", "condition");

    public static MetricFamily AgentSilent { get; } = new("monerocloud_agent_silent", MetricType.Gauge, "1 while it has said nothing for several of its periods.", "agent");

    public static MetricFamily AgentReports { get; } = new("monerocloud_agent_reports_total", MetricType.Counter, "The number of its newest report: rises within an epoch of its journal.", "agent");

    public static MetricFamily AgentPeriod { get; } = new("monerocloud_agent_report_period_seconds", MetricType.Gauge, "How often it reports when nothing changes.", "agent");

    public static MetricFamily AgentSkew { get; } = new("monerocloud_agent_clock_skew_seconds", MetricType.Gauge, "How far its clock is ahead of the monitor's, the way of the report included.", "agent");

    public static MetricFamily IncidentsOpen { get; } = new("monerocloud_incidents_open", MetricType.Gauge, "Incidents that are open.", "severity", "acknowledged");

    public static MetricFamily AlertsUnrouted { get; } = new("monerocloud_alerts_unrouted", MetricType.Gauge, "Alerts that are stored and not given to channels yet.");

    public static MetricFamily AlertsPending { get; } = new("monerocloud_alerts_pending", MetricType.Gauge, "Alerts on their way over a channel; Deferred: a try has failed.", "channel", "status");

    public static MetricFamily AlertsOldest { get; } = new(
        "monerocloud_alerts_oldest_pending_timestamp_seconds", MetricType.Gauge, "When the alert was given to the channel that waits longest there; absent while none does.", "channel");

    public static MetricFamily AlertsEnded { get; } = new(
        "monerocloud_alerts_ended_total", MetricType.Counter, "Alerts that a channel took, or refused for good. What a killed process had just sent may be missing.", "channel", "status");

    public static MetricFamily Silences { get; } = new("monerocloud_silences", MetricType.Gauge, "Silences and maintenance that hold at present.", "kind");

    public static MetricFamily Refusals { get; } = new("monerocloud_refused_messages_total", MetricType.Counter, "Messages from the bus that were not listened to.", "queue", "reason");

    public static MetricFamily ShardTickAt { get; } = new(
        "monerocloud_shard_last_tick_timestamp_seconds", MetricType.Gauge, "When the last good tick of the probe timer over a shard ended; absent before the first.", "shard");

    public static MetricFamily ShardTick { get; } = new("monerocloud_shard_tick_duration_seconds", MetricType.Gauge, "How long that tick took.", "shard");

    public static MetricFamily ShardNodes { get; } = new("monerocloud_shard_nodes", MetricType.Gauge, "Nodes stored in a shard, disabled ones too.", "shard");

    public static MetricFamily ShardProbed { get; } = new("monerocloud_shard_probed_nodes", MetricType.Gauge, "Nodes that the last tick probed from here.", "shard");

    public static MetricFamily ProbePeriod { get; } = new("monerocloud_probe_period_seconds", MetricType.Gauge, "How often the timer probes.");

    public static MetricFamily Stale { get; } = new("monerocloud_stale", MetricType.Gauge, "1 when the timer has left out a shard for over 4 periods: what is told of nodes may be old.");

    public static MetricFamily Doubt { get; } = new("monerocloud_vantage_doubt", MetricType.Gauge, "1 while the monitor doubts what it sees from where it is.");

    public static MetricFamily ConfigurationRefused { get; } = new("monerocloud_configuration_refused", MetricType.Gauge, "1 while an earlier configuration is used, since the new one cannot be.");

    public static MetricFamily Truncated { get; } = new("monerocloud_metrics_truncated", MetricType.Gauge, "1 when more incidents or alerts are pending than were counted.");

    public static MetricFamily ReadAt { get; } = new("monerocloud_metrics_read_timestamp_seconds", MetricType.Gauge, "When the stored state was read that these metrics tell of.");

    /// <summary>In the order in which they are written, but for those that monitor and agents share, which come in between.</summary>
    public static ImmutableArray<MetricFamily> All { get; } =
    [
        Build, Nodes, Conditions, AgentSilent, AgentReports, AgentPeriod, AgentSkew, IncidentsOpen, AlertsUnrouted, AlertsPending, AlertsOldest,
        AlertsEnded, Silences, Refusals, ShardTickAt, ShardTick, ShardNodes, ShardProbed, ProbePeriod, Stale, Doubt, ConfigurationRefused, Truncated, ReadAt,
    ];
}
