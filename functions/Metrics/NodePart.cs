using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is told of each node. One that nobody knows of, as while its agent is silent, is neither up nor down, and has no heights.</summary>
internal static class NodePart
{
    /// <param name="buckets">Whether the durations of checks come with their distribution.</param>
    public static void Write(MetricsWriter to, FleetSnapshot fleet, bool buckets)
    {
        to.Begin(NodeMetrics.Info);
        foreach (var (_, view) in fleet.Nodes)
        {
            to.Sample(1, view.Id, view.Agent, view.Kind.ToString(), view.Manage.ToString());
        }

        to.Begin(NodeMetrics.Up);
        foreach (var (_, view) in fleet.Nodes.Where(n => n.View.State is not (HealthState.Disabled or HealthState.Unknown)))
        {
            to.Sample(view.State != HealthState.Down, view.Id);
        }

        to.Begin(NodeMetrics.State);
        foreach (var (_, view) in fleet.Nodes)
        {
            to.Sample(1, view.Id, view.State.ToString(), view.Condition.ToString());
        }

        Each(to, NodeMetrics.StateSince, fleet, n => Seconds(n.View.Since));
        Each(to, NodeMetrics.LastCheck, fleet, n => Seconds(n.View.LastCheck));
        Each(to, NodeMetrics.Restarts, fleet, n => NodeViews.IsRemote(n.Record.Id) ? null : n.Record.Restarts);
        ImmutableArray<NodeSightings> seen = [.. fleet.Nodes.Where(n => IsSeen(n.View)).Select(NodeSightings.Of)];
        Each(to, NodeMetrics.WalletHeight, seen, s => s.WalletHeight);
        Each(to, NodeMetrics.DaemonHeight, seen, s => s.DaemonHeight);
        Each(to, NodeMetrics.AcceptQueue, seen, s => s.AcceptQueue);
        Each(to, NodeMetrics.BreakerOpen, fleet, n => n.View.Restartable ? (n.Record.Breaker is null ? 0 : 1) : null);
        NodeMetrics.WriteChecks(to, [.. fleet.Nodes.Where(n => n.Record.Tally is not null).Select(n => (n.View.Id, n.Record.Tally!))], buckets);
    }

    private static bool IsSeen(NodeView view) => !view.Silent && view.State is not HealthState.Disabled;

    private static double? Seconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds() / 1000.0;

    private static void Each(MetricsWriter to, MetricFamily family, FleetSnapshot fleet, Func<FleetNode, double?> value)
    {
        to.Begin(family);
        foreach (var node in fleet.Nodes)
        {
            to.Known(value(node), node.View.Id);
        }
    }

    private static void Each(MetricsWriter to, MetricFamily family, ImmutableArray<NodeSightings> seen, Func<NodeSightings, double?> value)
    {
        to.Begin(family);
        foreach (var node in seen)
        {
            to.Known(value(node), node.Id);
        }
    }
}
