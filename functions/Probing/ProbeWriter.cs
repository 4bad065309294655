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

    /// <summary>A node whose health changes has its open incident read first: so many side by side.</summary>
    private const int Reads = 8;

    /// <param name="probed">Of one shard.</param>
    /// <param name="due">Gets what was stored, for the dispatcher.</param>
    public async Task WriteAsync(Dictionary<RowKey, GatheredNode> probed, List<RowChange> due, CancellationToken cancellation)
    {
        foreach (var part in probed.Values.Chunk(AtOnce))
        {
            due.AddRange(await WriteAsync(part, cancellation));
        }
    }

    private async Task<IEnumerable<RowChange>> WriteAsync(GatheredNode[] nodes, CancellationToken cancellation)
    {
        var made = new List<RowChange>[nodes.Length];
        await Parallel.ForAsync(
            0,
            nodes.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Reads, CancellationToken = cancellation },
            async (i, token) => made[i] = await RowsAsync(nodes[i].Node, nodes[i], token));
        var (rows, gathered) = (made.ToDictionary(r => r[0].Key), nodes.ToDictionary(n => Keys.Node(n.Node.Value.Id)));
        var outcome = await new BatchWriter(monitor.Table).WriteAsync(made, AgainAsync, cancellation);
        return outcome.Written.SelectMany(key => rows[key]);

        // Lost its race: read and judged again. Who loses it too often is looked at by the next tick.
        async Task<IReadOnlyList<RowChange>?> AgainAsync(RowKey key, CancellationToken token) =>
            await monitor.Table.FindAsync(key, CoreJson.Default.NodeRecord, token) is { } node ? rows[key] = await RowsAsync(node, gathered[key], token) : null;
    }

    /// <summary>The node's own comes first.</summary>
    private async Task<List<RowChange>> RowsAsync(Stored<NodeRecord> before, GatheredNode gathered, CancellationToken cancellation)
    {
        var context = monitor.Fold(before.Value) with { Vantage = gathered.Answers ? VantageSighting.Sound : vantage };
        var change = NodeFold.Probe(NodeChange.None(before.Value), gathered.Answer!, gathered.At, context);
        return monitor.Rows.Of(before, change, await monitor.Incidents.OpenAsync(change, cancellation), [], monitor.Now);
    }
}
