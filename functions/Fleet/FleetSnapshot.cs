using System.Collections.Frozen;
using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The whole fleet as it was read once. Immutable; whoever shows it says when that was.</summary>
internal sealed record FleetSnapshot
{
    /// <summary>Open incidents that are read; more are counted nowhere.</summary>
    public const int MostIncidents = 1_000;

    /// <summary>When the reading began: nothing in it is older.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>By id.</summary>
    public required ImmutableArray<FleetNode> Nodes { get; init; }

    /// <summary>By name.</summary>
    public required ImmutableArray<FleetAgent> Agents { get; init; }

    /// <summary>Of all nodes, by the states that are shown.</summary>
    public required NodeCounts Counts { get; init; }

    /// <summary>The worst first.</summary>
    public required ImmutableArray<Incident> OpenIncidents { get; init; }

    /// <summary>There are more open incidents.</summary>
    public required bool IncidentsTruncated { get; init; }

    /// <summary>One for each shard, by its number; null where it has none.</summary>
    public required ImmutableArray<ShardSummary?> Summaries { get; init; }

    /// <summary>When the shard that was longest not gone through was; null while one never was.</summary>
    public DateTimeOffset? TickedAt => Summaries.All(s => s?.TickedAt is not null) ? Summaries.Min(s => s!.TickedAt) : null;

    /// <summary>By subject.</summary>
    public FrozenDictionary<string, Incident> Incidents => field ??= OpenIncidents.DistinctBy(i => i.Subject).ToFrozenDictionary(i => i.Subject, StringComparer.Ordinal);

    private FrozenDictionary<NodeName, AgentRecord> ByName => field ??= Agents.ToFrozenDictionary(a => a.Record.Name, a => a.Record);

    public int Disabled => Nodes.Count(n => n.View.State == HealthState.Disabled);

    /// <summary>Null for one that is not enrolled.</summary>
    public AgentRecord? AgentOf(NodeName name) => ByName.GetValueOrDefault(name);

    /// <summary>Pure.</summary>
    public static FleetSnapshot Of(
        IReadOnlyList<NodeRecord> nodes, IReadOnlyDictionary<NodeName, AgentRecord> agents, IncidentListing open, ImmutableArray<ShardSummary?> summaries, MonitorPolicy policy, DateTimeOffset now)
    {
        ImmutableArray<FleetNode> shown = [.. nodes.Select(n => new FleetNode(n, NodeViews.Of(n, agents.GetValueOrDefault(n.Id.Agent), policy, now)))];
        return new FleetSnapshot
        {
            ReadAt = now,
            Nodes = shown,
            Agents = [.. agents.Values.OrderBy(a => a.Name).Select(a => new FleetAgent(a, NodeViews.Of(a, policy, now)))],
            Counts = NodeCounts.Of(shown.Select(n => n.View.State)),
            OpenIncidents = [.. open.Incidents],
            IncidentsTruncated = open.Truncated,
            Summaries = summaries,
        };
    }
}
