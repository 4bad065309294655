using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>By what a list of nodes is sorted. Pure.</summary>
internal static class NodeOrder
{
    /// <summary>Trouble first.</summary>
    public static int Rank(HealthState state) => state switch
    {
        HealthState.Down => 0,
        HealthState.Unknown => 1,
        HealthState.Degraded => 2,
        HealthState.Up => 3,
        _ => 4,
    };

    /// <summary>Nodes that are alike in it stay by id.</summary>
    public static IEnumerable<FleetNode> Sorted(IEnumerable<FleetNode> nodes, NodeColumn column, bool descending) => column switch
    {
        NodeColumn.Node => By(nodes, n => n.View.Id, StringComparer.Ordinal, descending),
        NodeColumn.Condition => By(nodes, n => n.View.Condition.ToString(), StringComparer.Ordinal, descending),
        NodeColumn.Since => By(nodes, n => n.View.Since, null, descending),
        NodeColumn.Restarts => By(nodes, n => n.View.Restarts, null, descending),
        NodeColumn.Latency => ByKnown(nodes, n => NodeFacts.LatencyMs(n.Record), descending),
        NodeColumn.Height => ByKnown(nodes, n => NodeFacts.Height(n.Record), descending),
        _ => By(nodes, n => Rank(n.View.State), null, descending),
    };

    private static IOrderedEnumerable<FleetNode> By<TKey>(IEnumerable<FleetNode> nodes, Func<FleetNode, TKey> key, IComparer<TKey>? comparer, bool descending) =>
        descending ? nodes.OrderByDescending(key, comparer) : nodes.OrderBy(key, comparer);

    /// <summary>Those of which it is not known come last in both directions: they are neither the slowest nor the lowest.</summary>
    private static IOrderedEnumerable<FleetNode> ByKnown<TKey>(IEnumerable<FleetNode> nodes, Func<FleetNode, TKey?> key, bool descending)
        where TKey : struct =>
        descending ? nodes.OrderBy(n => key(n) is null).ThenByDescending(key) : nodes.OrderBy(n => key(n) is null).ThenBy(key);
}
