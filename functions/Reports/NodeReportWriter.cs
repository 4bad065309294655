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

    private readonly AutomaticOrders _automatic = new(monitor);

    /// <param name="stored">What has just been written, for whoever dispatches.</param>
    public async Task<Taken> WriteAsync(NodeReport report, Action<IReadOnlyList<RowChange>> stored, CancellationToken cancellation)
    {
        for (var races = 0; races < MaxRaces;)
        {
            if (await FindAsync(report, cancellation) is not { } before)
            {
                if (await TellOrdersAsync(report, cancellation))
                {
                    return report.IsDeclared ? Taken.NotYet : Taken.Whole;
                }

                races++;
                continue;
            }

            var (change, whole) = Fold(before, report);
            if (ReferenceEquals(change.Next, before.Value))
            {
                return Taken.Whole;
            }

            // Only on the newest that its host saw: of what was told late, or is followed by more, nobody knows what became since.
            if (whole && report is { State: not null, More: false })
            {
                change = await _automatic.DecideAsync(change, report.ToldAt, cancellation);
            }

            if (!await OrderProgress.WriteStrangersAsync(monitor.Table, report.Id.Agent, Keys.Node(report.Id).Shard, change.Orders, cancellation))
            {
                races++;
                continue;
            }

            var orders = await OrderProgress.TakeAsync(monitor.Table, report.Id.Agent, Keys.Node(report.Id).Shard, change.Orders, cancellation);
            var open = await monitor.Incidents.OpenAsync(change, cancellation);
            var rows = monitor.Rows.Of(before, change, open, orders, monitor.Now);
            switch (await monitor.Table.CommitAsync(rows, cancellation))
            {
                case CommitResult.Committed:
                    stored(rows);
                    _automatic.Tell(change);
                    if (whole)
                    {
                        return Taken.Whole;
                    }

                    races = 0;
                    break;
                case CommitResult.Lost:
                    races++;
                    break;
                default:
                    return Taken.TooLarge;
            }
        }

        return Taken.LostRaces;
    }

    /// <summary>The rows of a node of which only its own is written, with the hour it closes: the common case, which goes in batches. Null where there is more to it.</summary>
    public IReadOnlyList<RowChange>? Plain(NodeReport report, Stored<NodeRecord> before)
    {
        var (change, whole) = Fold(before, report);
        return whole && !ReferenceEquals(change.Next, before.Value) && !AutomaticOrders.Concern(change.Next)
            && change is { History.IsEmpty: true, Alerts.IsEmpty: true, Cancelled.IsEmpty: true, Outages.IsEmpty: true, Orders.IsEmpty: true }
            && monitor.Rows.Of(before, change, null, [], monitor.Now) is var rows && RollupRows.IsPlain(rows) ? rows : null;
    }

    private async Task<Stored<NodeRecord>?> FindAsync(NodeReport report, CancellationToken cancellation) =>
        await monitor.Table.FindAsync(Keys.Node(report.Id), CoreJson.Default.NodeRecord, cancellation)
        ?? (report is { IsDeclared: true, State: { } state } ? new Stored<NodeRecord>(NodeFold.New(report.Id, state.Inventory, monitor.Now), null) : null);

    /// <summary>
    /// Of a node that nobody declares, or whose inventory has not come yet: an agent refuses orders about such nodes, too, and whoever gave
    /// one is told.
    /// </summary>
    private Task<bool> TellOrdersAsync(NodeReport report, CancellationToken cancellation) =>
        OrderProgress.WriteStrangersAsync(monitor.Table, report.Id.Agent, null, report.Events, cancellation);

    private (NodeChange Change, bool Whole) Fold(Stored<NodeRecord> before, NodeReport report)
    {
        var (change, whole) = Folded(before, report);
        monitor.Daemons.Note(change.Next);
        return (change, whole);
    }

    private (NodeChange Change, bool Whole) Folded(Stored<NodeRecord> before, NodeReport report)
    {
        var context = monitor.Fold(before.Value) with { ToldAt = report.ToldAt };
        var change = NodeChange.None(before.Value);
        foreach (var happened in report.Events)
        {
            if (!NodeRows.HasRoom(change))
            {
                return (change, false);
            }

            change = NodeFold.Event(change, happened, context);
        }

        return report.State is not { } state ? (change, true)
            : report.More ? (NodeFold.Heard(change, report.Report), true)
            : NodeRows.HasRoom(change) ? (NodeFold.State(change, state, report.Report, context), true)
            : (change, false);
    }
}
