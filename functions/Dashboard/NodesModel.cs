using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>One page of a list of nodes.</summary>
/// <param name="Matching">Nodes that fit, on all pages.</param>
/// <param name="Total">Nodes there are.</param>
/// <param name="Agents">Names to choose from, as far as there is room.</param>
public sealed record NodesModel(NodesQuery Query, ImmutableArray<NodeRow> Rows, int Matching, int Total, ImmutableArray<string> Agents)
{
    private const int MostAgents = 100;

    public int Pages => Math.Max(1, (Matching + Query.Size - 1) / Query.Size);

    internal static NodesModel Of(FleetSnapshot fleet, NodesQuery query)
    {
        var matching = fleet.Nodes.Where(n => query.Takes(n.View)).ToList();
        var page = Math.Clamp(query.Page, 1, Math.Max(1, (matching.Count + query.Size - 1) / query.Size));
        var rows = NodeOrder.Sorted(matching, query.Sort, query.Descending).Skip((page - 1) * query.Size).Take(query.Size);
        return new NodesModel(
            query with { Page = page },
            [.. rows.Select(n => new NodeRow(n.View, NodeFacts.LatencyMs(n.Record), NodeFacts.Height(n.Record), fleet.Incidents.GetValueOrDefault(n.View.Id)?.Id))],
            matching.Count,
            fleet.Nodes.Length,
            [.. fleet.Agents.Take(MostAgents).Select(a => a.View.Name)]);
    }
}
