using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What monitor and agent both tell of a node, under the same names and by the same node ids: one dashboard reads either.</summary>
public static class NodeMetrics
{
    public static MetricFamily Info { get; } = new("monerocloud_node_info", MetricType.Info, "A node, whose it is and what it runs.", "node", "agent", "kind", "manage");

    public static MetricFamily Up { get; } = new("monerocloud_node_up", MetricType.Gauge, "1 while the node works, with a flaw or without; 0 while it is down; absent while nobody knows, and while it is disabled.", "node");

    public static MetricFamily State { get; } = new(
        "monerocloud_node_state", MetricType.Gauge, "1, with the present state and condition as labels: one series a node.", "node", "state", "condition");

    public static MetricFamily StateSince { get; } = new("monerocloud_node_state_start_timestamp_seconds", MetricType.Gauge, "When the present state began.", "node");

    public static MetricFamily LastCheck { get; } = new("monerocloud_node_last_check_timestamp_seconds", MetricType.Gauge, "When it was last checked, by the clock of who looked.", "node");

    public static MetricFamily Restarts { get; } = new(
        "monerocloud_node_restarts_total", MetricType.Counter, "Starts of the process after the first, in this life of its agent.", "node");

    public static MetricFamily WalletHeight { get; } = new("monerocloud_node_wallet_height_blocks", MetricType.Gauge, "The open wallet's height; absent while it is not known.", "node");

    public static MetricFamily DaemonHeight { get; } = new(
        "monerocloud_node_daemon_height_blocks", MetricType.Gauge, "A daemon's own height; of a wallet, that of its daemon; absent while it is not known.", "node");

    public static MetricFamily AcceptQueue { get; } = new(
        "monerocloud_node_accept_queue_connections", MetricType.Gauge, "Connections that wait for the process to accept them: 0 when healthy.", "node");

    public static MetricFamily BreakerOpen { get; } = new(
        "monerocloud_node_breaker_open", MetricType.Gauge, "1 while too many starts or exits keep it from being started.", "node");

    public static MetricFamily Checks { get; } = new(
        "monerocloud_node_checks_total", MetricType.Counter, "Checks by the state that their verdict speaks for; Unknown: for none.", "node", "outcome");

    public static MetricFamily CheckDuration { get; } = new("monerocloud_node_check_duration_seconds", MetricType.Histogram, "How long its RPC took to answer; what did not answer is not in it.", "node");

    private static readonly double[] Bounds = [.. LatencyClasses.BoundsMs.Select(ms => ms / 1000)];

    /// <summary>In the order in which they are written.</summary>
    public static ImmutableArray<MetricFamily> All { get; } = [Info, Up, State, StateSince, LastCheck, Restarts, WalletHeight, DaemonHeight, AcceptQueue, BreakerOpen, Checks, CheckDuration];

    /// <param name="nodes">Without those of which nothing was counted yet.</param>
    /// <param name="buckets">False: the histogram has its sum and count alone, a fifth of the series.</param>
    public static void WriteChecks(MetricsWriter to, IReadOnlyCollection<(string Id, CheckTally Tally)> nodes, bool buckets)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(nodes);
        to.Begin(Checks);
        foreach (var (id, tally) in nodes)
        {
            to.Sample(tally.Up, id, nameof(HealthState.Up));
            to.Sample(tally.Degraded, id, nameof(HealthState.Degraded));
            to.Sample(tally.Down, id, nameof(HealthState.Down));
            to.Sample(tally.Unknown, id, nameof(HealthState.Unknown));
        }

        to.Begin(CheckDuration);
        Span<long> cumulative = stackalloc long[Bounds.Length];
        foreach (var (id, tally) in nodes)
        {
            var sum = 0L;
            for (var i = 0; i < cumulative.Length; i++)
            {
                cumulative[i] = sum += i < tally.Latencies.Length ? tally.Latencies[i] : 0;
            }

            var count = sum + (tally.Latencies.Length > Bounds.Length ? tally.Latencies[Bounds.Length] : 0);
            to.Histogram(buckets ? Bounds : [], cumulative, count, tally.LatencyUs / 1e6, id);
        }
    }
}
