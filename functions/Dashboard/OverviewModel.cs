using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The fleet at a glance.</summary>
/// <param name="Open">The worst first.</param>
/// <param name="MoreOpen">Open incidents that are not shown.</param>
/// <param name="Trouble">Nodes that are not Up, the worst first, and of those what failed last.</param>
/// <param name="MoreTrouble">Such nodes that are not shown.</param>
/// <param name="Agents">Those that are silent first.</param>
/// <param name="MoreAgents">Agents that are not shown.</param>
public sealed record OverviewModel(
    HealthView Health,
    NodeCounts Counts,
    int Disabled,
    ImmutableArray<IncidentView> Open,
    int MoreOpen,
    ImmutableArray<NodeView> Trouble,
    int MoreTrouble,
    ImmutableArray<AgentView> Agents,
    int MoreAgents)
{
    private const int Most = 20;

    internal static OverviewModel Of(FleetSnapshot fleet, HealthView health)
    {
        var trouble = fleet.Nodes.Select(n => n.View).Where(n => n.State is HealthState.Down or HealthState.Unknown or HealthState.Degraded)
            .OrderBy(n => NodeOrder.Rank(n.State)).ThenByDescending(n => n.Since).ToList();
        var agents = fleet.Agents.Select(a => a.View).OrderByDescending(a => a.Silent).ThenBy(a => a.Name, StringComparer.Ordinal).ToList();
        return new OverviewModel(
            health,
            fleet.Counts,
            fleet.Disabled,
            [.. fleet.OpenIncidents.Take(Most).Select(i => IncidentView.Of(i, fleet.ReadAt))],
            Math.Max(0, fleet.OpenIncidents.Length - Most),
            [.. trouble.Take(Most)],
            Math.Max(0, trouble.Count - Most),
            [.. agents.Take(Most)],
            Math.Max(0, agents.Count - Most));
    }
}
