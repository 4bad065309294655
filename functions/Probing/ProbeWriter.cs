using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Stores what a tick's probes say: nodes of which only the row changes, with the hour it closes, in batches, a change of health one atomic write each.</summary>
internal sealed class ProbeWriter(Monitor monitor, VantageSighting vantage)
{
    /// <param name="due">Gets what was stored, for the dispatcher.</param>
    public async Task WriteAsync(Dictionary<RowKey, GatheredNode> probed, List<RowChange> due, CancellationToken cancellation)
    {
        var plain = new List<IReadOnlyList<RowChange>>();
        foreach (var gathered in probed.Values)
        {
            if (await RowsAsync(gathered.Node, gathered, cancellation) is var rows && RollupRows.IsPlain(rows))
            {
                plain.Add(rows);
            }
            else
            {
                due.AddRange(await WriteAsync(gathered, gathered.Node, cancellation));
            }
        }

        if (plain.Count > 0)
        {
            await new BatchWriter(monitor.Table).WriteAsync(plain, (key, token) => AgainAsync(key, probed[key], due, token), cancellation);
        }
    }

    private async Task<List<RowChange>> RowsAsync(Stored<NodeRecord> before, GatheredNode gathered, CancellationToken cancellation)
    {
        var context = monitor.Fold(before.Value) with { Vantage = gathered.Answers ? VantageSighting.Sound : vantage };
        var change = NodeFold.Probe(NodeChange.None(before.Value), gathered.Answer!, gathered.At, context);
        return monitor.Rows.Of(before, change, await monitor.Incidents.OpenAsync(change, cancellation), [], monitor.Now);
    }

    /// <summary>Lost its race: read and judged again. What is more than a row by now is written by itself.</summary>
    private async Task<IReadOnlyList<RowChange>?> AgainAsync(RowKey key, GatheredNode gathered, List<RowChange> due, CancellationToken cancellation)
    {
        if (await monitor.Table.FindAsync(key, CoreJson.Default.NodeRecord, cancellation) is not { } node)
        {
            return null;
        }

        if (await RowsAsync(node, gathered, cancellation) is var rows && RollupRows.IsPlain(rows))
        {
            return rows;
        }

        due.AddRange(await WriteAsync(gathered, node, cancellation));
        return null;
    }

    private async Task<IReadOnlyList<RowChange>> WriteAsync(GatheredNode gathered, Stored<NodeRecord> node, CancellationToken cancellation)
    {
        for (var races = 0; races < NodeReportWriter.MaxRaces; races++)
        {
            var rows = await RowsAsync(node, gathered, cancellation);
            if (await monitor.Table.CommitAsync(rows, cancellation) is CommitResult.Committed)
            {
                return rows;
            }

            if (await monitor.Table.FindAsync(Keys.Node(node.Value.Id), CoreJson.Default.NodeRecord, cancellation) is not { } again)
            {
                return [];
            }

            node = again;
        }

        return []; // The next tick looks again.
    }
}
