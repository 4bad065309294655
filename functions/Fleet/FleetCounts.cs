using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The fleet in numbers, from the 16 shards' totals and the small rows of what is not Up: no node is read for it. Pure.</summary>
/// <param name="TickedAt">When the shard that was longest not gone through was; null while one never was.</param>
/// <param name="UnknownSince">Since when the node that has been unknown longest is; null without one.</param>
/// <param name="Truncated">A shard has more rows than were read: what is wrong is at least so much.</param>
internal sealed record FleetCounts(NodeCounts Counts, DateTimeOffset? TickedAt, DateTimeOffset? UnknownSince, bool Truncated)
{
    /// <param name="summaries">One for each shard; null where it has none.</param>
    public static FleetCounts Of(IReadOnlyCollection<ShardSummary?> summaries, IReadOnlyCollection<NotUpRow> rows, bool truncated)
    {
        var silent = rows.Where(r => r.Flag.Agent).Select(r => r.Subject).ToHashSet(StringComparer.Ordinal);
        var nodes = rows.Where(r => !r.Flag.Agent).ToList();

        // A silent agent stands for its nodes, whatever their own rows say; only a disabled one stays disabled, and one that the monitor itself
        // found down stays down.
        var own = nodes.Where(r => r.Flag.ByProbe || !silent.Contains(AgentOf(r.Subject))).ToList();
        var apart = own.Count(r => silent.Contains(AgentOf(r.Subject)));
        var agents = rows.Where(r => r.Flag.Agent && r.Flag.Nodes > 0).ToList();
        var failed = own.Count(r => r.Flag.State == HealthState.Down);
        var degraded = own.Count(r => r.Flag.State == HealthState.Degraded);
        var unknown = own.Count(r => r.Flag.State == HealthState.Unknown) + Math.Max(0, agents.Sum(r => r.Flag.Nodes) - apart);
        var disabled = nodes.Count(r => r.Flag.State == HealthState.Disabled);

        // A node that has come this moment has its row, and is not in its shard's total yet.
        var working = Math.Max(degraded, summaries.Sum(s => s?.Total ?? 0) - disabled - failed - unknown);
        return new FleetCounts(
            new NodeCounts(working, degraded, failed, unknown),
            summaries.All(s => s?.TickedAt is not null) ? summaries.Min(s => s!.TickedAt) : null,
            own.Where(r => r.Flag.State == HealthState.Unknown).Concat(agents).Select(r => (DateTimeOffset?)r.Flag.Since).Min(),
            truncated);
    }

    private static string AgentOf(string node) => node.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? node[..dot] : node;
}
