using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Takes a verified report in, node by node: most of them unchanged and in batches, the rest one atomic write each.</summary>
internal sealed class ReportWriter(Monitor monitor)
{
    private const int AtOnce = 8;

    /// <returns>False when something could not be stored for now: the report has to come again.</returns>
    public async Task<bool> WriteAsync(Report report, Action<IReadOnlyList<RowChange>> stored, CancellationToken cancellation)
    {
        var parts = Parts(report);
        var single = new List<NodeReport>();
        foreach (var shard in parts.GroupBy(p => Keys.Node(p.Id).Shard))
        {
            single.AddRange(await WritePlainAsync([.. shard], cancellation));
        }

        var whole = true;
        var writer = new NodeReportWriter(monitor);
        await Parallel.ForEachAsync(single, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (part, token) =>
        {
            if (!await writer.WriteAsync(part, stored, token))
            {
                whole = false;
            }
        });
        return whole;
    }

    /// <summary>All nodes of the report with all events that have not been acked: events of other nodes only move a node's place on.</summary>
    private static List<NodeReport> Parts(Report report)
    {
        var events = report.Events.Where(e => e.Node is not null).GroupBy(e => e.Node!.Value).ToDictionary(g => g.Key, g => g.ToImmutableArray());
        var states = report.Nodes.ToDictionary(n => n.Inventory.Name);
        return [.. states.Keys.Union(events.Keys).Select(name => new NodeReport(
            new NodeId(report.Agent, name), new ReportNumber(report.Epoch, report.Number), states.GetValueOrDefault(name), events.GetValueOrDefault(name, [])))];
    }

    /// <returns>The parts that are more than one row, or that lost their race.</returns>
    private async Task<IEnumerable<NodeReport>> WritePlainAsync(List<NodeReport> parts, CancellationToken cancellation)
    {
        var writer = new NodeReportWriter(monitor);
        var plain = new Dictionary<RowKey, (NodeReport Part, RowChange Change)>();
        foreach (var part in parts)
        {
            if (await writer.PlainAsync(part, cancellation) is { } change)
            {
                plain[change.Key] = (part, change);
            }
        }

        if (plain.Count == 0)
        {
            return parts;
        }

        var outcome = await new BatchWriter(monitor.Table).WriteAsync(
            [.. plain.Values.Select(p => p.Change)],
            (key, token) => writer.PlainAsync(plain[key].Part, token),
            cancellation);
        return parts.Where(p => !outcome.Written.Contains(Keys.Node(p.Id)));
    }
}
