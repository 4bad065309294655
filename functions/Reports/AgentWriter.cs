using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What a report says of its agent as a whole: how far its events are stored, that it speaks again, which nodes are gone.</summary>
internal sealed class AgentWriter(Monitor monitor)
{
    /// <summary>After all nodes are stored. Null when too many races were lost.</summary>
    public async Task<AgentRecord?> WriteAsync(Report report, DateTimeOffset receivedAt, Action<IReadOnlyList<RowChange>> stored, CancellationToken cancellation)
    {
        for (var races = 0; races < NodeReportWriter.MaxRaces; races++)
        {
            var before = await monitor.Table.FindAsync(Keys.Agent(report.Agent), CoreJson.Default.AgentRecord, cancellation);
            if (before is null)
            {
                return null; // Removed in this very moment.
            }

            var rows = await RowsAsync(before, report, receivedAt, cancellation);
            if (await monitor.Table.CommitAsync(rows, cancellation) is CommitResult.Committed)
            {
                stored(rows);
                var next = Next(before.Value, report, receivedAt);
                await RemoveAsync(before.Value, next, cancellation);
                return next;
            }
        }

        return null;
    }

    /// <summary>Pure: a report that is not the newest moves only what it proves to be stored.</summary>
    internal static AgentRecord Next(AgentRecord before, Report report, DateTimeOffset receivedAt)
    {
        var last = report.Events.Length > 0 ? new EventPosition(report.Epoch, report.Events[^1].N) : before.Stored;
        var next = before with { Stored = last > before.Stored ? last : before.Stored };
        return (report.Epoch, report.Number).CompareTo((before.Epoch, before.Report)) <= 0 ? next : next with
        {
            Epoch = report.Epoch,
            Report = report.Number,
            ReportedAt = report.At,
            ReceivedAt = receivedAt,
            PeriodSeconds = report.PeriodSeconds,
            Version = report.Version,
            Names = report.Names,
            SilentSince = null,
        };
    }

    private async Task<List<RowChange>> RowsAsync(Stored<AgentRecord> before, Report report, DateTimeOffset receivedAt, CancellationToken cancellation)
    {
        var agent = before.Value.Name.ToString();
        var next = Next(before.Value, report, receivedAt);
        var rows = new List<RowChange> { Documents.Write(Keys.Agent(report.Agent), before with { Value = next }, CoreJson.Default.AgentRecord) };
        var orders = new Dictionary<string, Stored<OrderRecord>>();
        foreach (var happened in report.Events.Where(e => e.Node is null && e.Position > before.Value.Stored).TakeLast(40))
        {
            var entry = new HistoryEntry { At = happened.At, Place = happened.Position.ToString(), Fact = happened.Fact };
            rows.Add(new RowChange.Put(new Row { Key = Keys.History(agent, entry), Doc = JsonSerializer.Serialize(entry, CoreJson.Default.HistoryEntry) }));
            await OrderProgress.TakeAsync(monitor.Table, orders, happened, cancellation);
        }

        rows.AddRange(orders.Values.Where(o => Keys.Order(o.Value.Order.Id)!.Value.Shard == Shard.Of(agent)).SelectMany(OrderRows.Of));
        rows.AddRange(AgentAlerts.Of(before.Value, report, monitor.Now, monitor.Policy.Alerts).SelectMany(monitor.Rows.Alert));
        if (before.Value.SilentSince is not null && next.SilentSince is null)
        {
            rows.Add(new RowChange.Delete(Keys.NotUpOf(agent)));
        }

        return rows;
    }

    /// <summary>Nodes that the newest inventory does not have any more.</summary>
    private async Task RemoveAsync(AgentRecord before, AgentRecord next, CancellationToken cancellation)
    {
        foreach (var name in before.Names.Except(next.Names))
        {
            if (await monitor.Table.FindAsync(Keys.Node(new NodeId(next.Name, name)), CoreJson.Default.NodeRecord, cancellation) is { } node)
            {
                // A lost race is a node that came back: the next report says so.
                await monitor.Table.CommitAsync(NodeRows.Removed(node), cancellation);
            }
        }
    }
}
