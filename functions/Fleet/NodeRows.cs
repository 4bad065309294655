using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// A change of a node as the rows of one atomic write: the node, its history, what is to be sent, and whether it counts as Up. Where a
/// node's rows are made is here and nowhere else.
/// </summary>
/// <param name="channels">Over which every alert goes.</param>
internal sealed class NodeRows(ImmutableArray<string> channels)
{
    /// <summary>So many rows are always left for the node itself, and for an order that it makes necessary.</summary>
    private const int Own = 4 + OrderRows.Most;

    /// <summary>Whether more may be folded into the change without leaving what fits into one commit.</summary>
    public bool HasRoom(NodeChange change) => Count(change) + Own + 8 + (4 * channels.Length) <= CommitBounds.MaxRows;

    /// <param name="before">As it was read; a version of null inserts it.</param>
    public List<RowChange> Of(Stored<NodeRecord> before, NodeChange change, IEnumerable<Stored<OrderRecord>> orders)
    {
        var subject = change.Next.Id.ToString();
        var changes = new List<RowChange> { Node(before, change.Next) };
        if (Flag(before, change.Next) is { } flag)
        {
            changes.Add(flag);
        }

        changes.AddRange(change.History.Select(e => new RowChange.Put(new Row { Key = Keys.History(subject, e), Doc = JsonSerializer.Serialize(e, CoreJson.Default.HistoryEntry) })));
        changes.AddRange(change.Alerts.SelectMany(Alert));
        changes.AddRange(change.Cancelled.SelectMany(id => TakenBack(subject, id)));
        changes.AddRange(orders.SelectMany(OrderRows.Of));
        changes.AddRange(change.Placed is { } placed ? OrderRows.New(placed) : []);
        return changes;
    }

    /// <summary>The rows of an alert: one for each channel, due when the alert is.</summary>
    public IEnumerable<RowChange> Alert(Alert alert) => channels.Select(channel => new RowChange.Put(new Row
    {
        Key = Keys.Delivery(alert.Subject, alert.Id, channel),
        Doc = JsonSerializer.Serialize(new OutboxItem { Alert = alert, Channel = channel }, MonitorJson.Default.OutboxItem),
        Due = alert.Due,
    }));

    /// <summary>The rows that remove a node; its history stays until it is old enough. What was still to be told of it is not.</summary>
    public List<RowChange> Removed(Stored<NodeRecord> node, DateTimeOffset now)
    {
        var subject = node.Value.Id.ToString();
        var pending = node.Value.Outage is { AlertId: { } id } outage && outage.IsPending(now) ? TakenBack(subject, id) : [];
        return [new RowChange.Delete(Keys.Node(node.Value.Id), node.Version), new RowChange.Delete(Keys.NotUpOf(subject)), .. pending];
    }

    /// <summary>An alert that is taken back before it was due.</summary>
    public IEnumerable<RowChange> TakenBack(string subject, string alert) => channels.Select(c => new RowChange.Delete(Keys.Delivery(subject, alert, c)));

    private int Count(NodeChange change) => change.History.Length + ((change.Alerts.Length + change.Cancelled.Length) * channels.Length) + (2 * change.Orders.Length);

    private static RowChange Node(Stored<NodeRecord> before, NodeRecord next)
    {
        var row = new Row
        {
            Key = Keys.Node(next.Id),
            Doc = JsonSerializer.Serialize(next, CoreJson.Default.NodeRecord),
            Pid = next.Identity?.Pid,
            Worked = next.Worked(),
            WorkedData = next.WorkedData is { } data ? JsonSerializer.Serialize(data, CoreJson.Default.WorkedData) : null,
            Version = before.Version,
        };
        return before.Version is null ? new RowChange.Insert(row) : new RowChange.Replace(row);
    }

    private static RowChange? Flag(Stored<NodeRecord> before, NodeRecord next)
    {
        var key = Keys.NotUpOf(next.Id.ToString());
        var (was, now) = (FlagOf(before.Value), FlagOf(next));
        return before.Version is not null && was == now ? null
            : now is null ? new RowChange.Delete(key)
            : new RowChange.Put(new Row { Key = key, Doc = JsonSerializer.Serialize(now, MonitorJson.Default.NotUp) });
    }

    private static NotUp? FlagOf(NodeRecord node) => node.CountedState() switch
    {
        HealthState.Up => null,
        var state => new NotUp { State = state, Since = node.Health.Since, ByProbe = node.IsDownByProbe() },
    };
}
