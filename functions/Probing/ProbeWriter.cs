using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Stores what a tick's probes say, the rows of a node together: all of them or none. Many nodes go in one commit, also where their health changes: when a daemon or a host
/// falls silent it does so for all its nodes at once.
/// </summary>
internal sealed class ProbeWriter(Monitor monitor, VantageSighting vantage)
{
    /// <summary>Nodes whose rows are made before they are sent: more would only lie in memory.</summary>
    private const int AtOnce = 100;

    /// <summary>A node that was not well has its open incident read first: so many side by side.</summary>
    private const int Reads = 8;

    /// <param name="probed">Of one shard.</param>
    /// <param name="due">Gets what was stored, for the dispatcher.</param>
    public async Task WriteAsync(Dictionary<RowKey, GatheredNode> probed, List<RowChange> due, CancellationToken cancellation)
    {
        var incidents = new ShardIncidents(monitor);
        foreach (var part in probed.Values.Chunk(AtOnce))
        {
            due.AddRange(await WriteAsync(part, incidents, cancellation));
        }
    }

    private async Task<IEnumerable<RowChange>> WriteAsync(GatheredNode[] nodes, ShardIncidents incidents, CancellationToken cancellation)
    {
        var changes = Array.ConvertAll(nodes, n => ChangeOf(n.Node, n));
        await incidents.PrepareAsync(Shard.Of(nodes[0].Node.Value.Id.ToString()), nodes.Where((n, i) => MayHaveIncident(n.Node, changes[i])).Count(), cancellation);
        var made = new List<RowChange>[nodes.Length];
        await Parallel.ForAsync(
            0,
            nodes.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Reads, CancellationToken = cancellation },
            async (i, token) => made[i] = Rows(nodes[i].Node, changes[i], await KnownAsync(nodes[i].Node, changes[i], incidents, token)));
        var (rows, gathered) = (made.ToDictionary(r => r[0].Key), nodes.ToDictionary(n => Keys.Node(n.Node.Value.Id)));
        var outcome = await new BatchWriter(monitor.Table).WriteAsync(made, AgainAsync, cancellation);
        return outcome.Written.SelectMany(key => rows[key]);

        // Lost its race: read and judged again. Who loses it too often is looked at by the next tick.
        async Task<IReadOnlyList<RowChange>?> AgainAsync(RowKey key, CancellationToken token)
        {
            if (await monitor.Table.FindAsync(key, CoreJson.Default.NodeRecord, token) is not { } node)
            {
                return null;
            }

            var change = ChangeOf(node, gathered[key]);
            return rows[key] = Rows(node, change, await monitor.Incidents.OpenAsync(change, token));
        }
    }

    /// <summary>An incident opens with an outage and ends with it at the latest. Were there one nevertheless, the commit would lose its race against it.</summary>
    private static bool MayHaveIncident(Stored<NodeRecord> before, NodeChange change) => before.Value.Outage is not null && NodeIncidents.Concern(change);

    private async Task<Stored<Incident>?> KnownAsync(Stored<NodeRecord> before, NodeChange change, ShardIncidents incidents, CancellationToken cancellation) =>
        MayHaveIncident(before, change) ? incidents.Take(before.Value.Id.ToString()) ?? await monitor.Incidents.OpenAsync(change, cancellation) : null;

    private NodeChange ChangeOf(Stored<NodeRecord> before, GatheredNode gathered)
    {
        var context = monitor.Fold(before.Value) with { Vantage = gathered.Answers ? VantageSighting.Sound : vantage };
        return NodeFold.Probe(NodeChange.None(before.Value), gathered.Answer!, gathered.At, context);
    }

    /// <summary>The node's own comes first.</summary>
    private List<RowChange> Rows(Stored<NodeRecord> before, NodeChange change, Stored<Incident>? open) => monitor.Rows.Of(before, change, open, [], monitor.Now);
}
