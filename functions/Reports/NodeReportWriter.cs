using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Takes one node's part of a report in: read, fold, one atomic write under the row's version, and again when the race was lost. Many events
/// are taken in as several writes, each of which leaves a record that says how far it came.
/// </summary>
internal sealed class NodeReportWriter(Monitor monitor)
{
    /// <summary>Races that may be lost before the message is left to be delivered again.</summary>
    public const int MaxRaces = 5;

    /// <summary>Everything of the report is in the node's row when this returns true. False: too many races were lost, or a row would be too large.</summary>
    /// <param name="stored">What has just been written, for whoever dispatches.</param>
    public async Task<bool> WriteAsync(NodeReport report, Action<IReadOnlyList<RowChange>> stored, CancellationToken cancellation)
    {
        for (var races = 0; races < MaxRaces;)
        {
            var before = await monitor.Table.FindAsync(Keys.Node(report.Id), CoreJson.Default.NodeRecord, cancellation);
            if (before is null && report.State is null)
            {
                return true; // An event of a node that nobody declares any more.
            }

            before ??= new Stored<NodeRecord>(NodeRecord.New(report.Id, report.State!.Inventory.Kind, monitor.Now), null);
            var (change, whole) = Fold(before.Value, report);
            if (change.Next == before.Value)
            {
                return true;
            }

            var rows = await RowsAsync(before, change, cancellation);
            switch (await monitor.Table.CommitAsync(rows, cancellation))
            {
                case CommitResult.Committed when whole:
                    stored(rows);
                    return true;
                case CommitResult.Committed:
                    stored(rows);
                    races = 0;
                    break;
                case CommitResult.Lost:
                    races++;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>The change of a node of which only the row itself is written: the common case, which goes in batches. Null where there is more to it.</summary>
    public async Task<RowChange?> PlainAsync(NodeReport report, CancellationToken cancellation)
    {
        if (report.State is null || await monitor.Table.FindAsync(Keys.Node(report.Id), CoreJson.Default.NodeRecord, cancellation) is not { } before)
        {
            return null;
        }

        var (change, whole) = Fold(before.Value, report);
        return whole && change is { History.IsEmpty: true, Alerts.IsEmpty: true, Cancelled.IsEmpty: true, Orders.IsEmpty: true }
            && monitor.Rows.Of(before, change, []) is [var only] ? only : null;
    }

    private (NodeChange Change, bool Whole) Fold(NodeRecord record, NodeReport report)
    {
        var context = monitor.Policy.Fold(monitor.Now, report.Id);
        var change = NodeChange.None(record);
        foreach (var happened in report.Events)
        {
            if (!monitor.Rows.HasRoom(change))
            {
                return (change, false);
            }

            change = NodeFold.Event(change, happened, context);
        }

        return (report.State is { } state ? NodeFold.State(change, state, report.Number, context) : change, true);
    }

    private async Task<List<RowChange>> RowsAsync(Stored<NodeRecord> before, NodeChange change, CancellationToken cancellation)
    {
        var orders = new Dictionary<string, Stored<OrderRecord>>();
        foreach (var happened in change.Orders)
        {
            await OrderProgress.TakeAsync(monitor.Table, orders, happened, cancellation);
        }

        // An order lies in its node's shard, so it is part of the same write.
        return monitor.Rows.Of(before, change, orders.Values.Where(o => Keys.Order(o.Value.Order.Id)!.Value.Shard == Keys.Node(before.Value.Id).Shard));
    }
}
