using System.Collections.Concurrent;
using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Takes a verified report in, node by node: most of them unchanged and in batches, the rest one atomic write each.</summary>
internal sealed class ReportWriter(Monitor monitor)
{
    private const int AtOnce = 8;
    private readonly NodeReportWriter _writer = new(monitor);

    /// <param name="told">When the report was made, by the agent's clock carried on to this moment.</param>
    /// <param name="isDeclared">Whether the agent's newest inventory has the node.</param>
    /// <returns>
    /// What of the report is stored: without the events from the first on that has to come again. Null when something could not be stored for
    /// now, and the whole report has to.
    /// </returns>
    public async Task<Report?> WriteAsync(Report report, DateTimeOffset told, Func<NodeName, bool> isDeclared, Action<IReadOnlyList<RowChange>> stored, CancellationToken cancellation)
    {
        if (report.Nodes.Any(n => n.Inventory.Kind == NodeKind.Daemon))
        {
            await monitor.Daemons.RefreshAsync(monitor, cancellation);
        }

        var shards = Parts(report, told, isDeclared).GroupBy(p => Keys.Node(p.Id).Shard);
        var single = await Task.WhenAll(shards.Select(s => WritePlainAsync(s.Key, report.Agent, [.. s], cancellation)));
        var lost = 0;
        var missing = new ConcurrentBag<long>();
        await Parallel.ForEachAsync(single.SelectMany(s => s), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (part, token) =>
        {
            switch (await _writer.WriteAsync(part, stored, token))
            {
                case Taken.LostRaces:
                    Interlocked.Increment(ref lost);
                    break;
                case Taken.NotYet when !part.Events.IsEmpty:
                    missing.Add(part.Events[0].N);
                    break;
                case Taken.TooLarge:
                    // It would come again for ever, and hold up all that the agent has to say.
                    await Refusals.CountAsync(monitor, Names.ReportsQueue, "node too large", token);
                    break;
            }
        });
        return lost > 0 ? null : missing.IsEmpty ? report : Before(report, missing.Min());
    }

    /// <summary>As if it had been cut there.</summary>
    private static Report Before(Report report, long n) => report with { Events = [.. report.Events.TakeWhile(e => e.N < n)], More = true };

    /// <summary>All nodes of the report, each with its own events.</summary>
    private static List<NodeReport> Parts(Report report, DateTimeOffset told, Func<NodeName, bool> isDeclared)
    {
        var events = report.Events.Where(e => e.Node is not null).GroupBy(e => e.Node!.Value).ToDictionary(g => g.Key, g => g.ToImmutableArray());
        var states = report.Nodes.ToDictionary(n => n.Inventory.Name);
        return [.. states.Keys.Union(events.Keys).Select(name => new NodeReport
        {
            Id = new NodeId(report.Agent, name),
            Report = report.Place,
            State = states.GetValueOrDefault(name),
            Events = events.GetValueOrDefault(name, []),
            More = report.More,
            ToldAt = told,
            IsDeclared = isDeclared(name),
        })];
    }

    /// <returns>The parts that are more than one row, or that lost their race.</returns>
    private async Task<IEnumerable<NodeReport>> WritePlainAsync(Shard shard, NodeName agent, List<NodeReport> parts, CancellationToken cancellation)
    {
        var known = await KnownAsync(shard, agent, cancellation);
        var plain = new Dictionary<RowKey, (NodeReport Part, IReadOnlyList<RowChange> Rows)>();
        foreach (var part in parts)
        {
            if (known.TryGetValue(part.Id, out var before) && _writer.Plain(part, before) is { } rows)
            {
                plain[rows[0].Key] = (part, rows);
            }
        }

        if (plain.Count == 0)
        {
            return parts;
        }

        var outcome = await new BatchWriter(monitor.Table).WriteAsync([.. plain.Values.Select(p => p.Rows)], AgainAsync, cancellation);
        var written = outcome.Written.ToHashSet();
        return parts.Where(p => !written.Contains(Keys.Node(p.Id)));

        async Task<IReadOnlyList<RowChange>?> AgainAsync(RowKey key, CancellationToken token) =>
            await monitor.Table.FindAsync(key, CoreJson.Default.NodeRecord, token) is { } before ? _writer.Plain(plain[key].Part, before) : null;
    }

    private async Task<Dictionary<NodeId, Stored<NodeRecord>>> KnownAsync(Shard shard, NodeName agent, CancellationToken cancellation)
    {
        var known = new Dictionary<NodeId, Stored<NodeRecord>>();
        await foreach (var node in monitor.Table.ListAsync(shard, KeyRange.Prefix(Keys.NodesOf(agent)), int.MaxValue, CoreJson.Default.NodeRecord, cancellation))
        {
            known[node.Value.Id] = node;
        }

        return known;
    }
}
