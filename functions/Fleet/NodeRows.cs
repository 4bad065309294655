using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// A change of a node as the rows of one atomic write: the node, its history, what is to be sent, and whether it counts as Up. Where a
/// node's rows are made is here and nowhere else.
/// </summary>
internal sealed class NodeRows(AlertRules rules, TimeSpan silentAfter)
{
    /// <summary>So many rows are always left for the node itself, its roll-ups, and an order that it makes necessary.</summary>
    private const int Own = 5 + RollupRows.Most + OrderRows.Most;

    /// <summary>Whether more may be folded into the change without leaving what fits into one commit.</summary>
    public static bool HasRoom(NodeChange change) => Count(change) + Own + 16 <= CommitBounds.MaxRows;

    /// <param name="before">As it was read; a version of null inserts it.</param>
    /// <param name="open">The node's open incident, as it was read; null where it has none, or the change does not concern any.</param>
    public List<RowChange> Of(Stored<NodeRecord> before, NodeChange change, Stored<Incident>? open, IEnumerable<Stored<OrderRecord>> orders, DateTimeOffset now)
    {
        var subject = change.Next.Id.ToString();
        var step = RollupFold.Of(before.Value, change, now, silentAfter);
        var changes = new List<RowChange> { Node(before, step.Next) };
        changes.AddRange(RollupRows.Of(step));
        if (Flag(before, change.Next) is { } flag)
        {
            changes.Add(flag);
        }

        var mark = before.Version is null ? StateMarks.Inserted(change, now) : StateMarks.Availability(before.Value, change, now);
        IEnumerable<HistoryEntry> history = mark is null ? change.History : change.History.Add(mark);
        changes.AddRange(history.Select(e => new RowChange.Put(new Row { Key = Keys.History(subject, e), Doc = JsonSerializer.Serialize(e, CoreJson.Default.HistoryEntry) })));
        changes.AddRange(change.Cancelled.Select(id => AlertRows.TakenBack(subject, id)));
        changes.AddRange(Told(subject, change, open, now));
        changes.AddRange(orders.SelectMany(OrderRows.Of));
        changes.AddRange(change.Placed is { } placed ? OrderRows.New(placed) : []);
        return changes;
    }

    /// <summary>The rows that remove a node; its history stays until it is old enough, and says when. What was still to be told of it is not.</summary>
    /// <param name="incident">The rows that end its incident.</param>
    public static List<RowChange> Removed(Stored<NodeRecord> node, IEnumerable<RowChange> incident, DateTimeOffset now)
    {
        var subject = node.Value.Id.ToString();
        IEnumerable<RowChange> pending = node.Value.Outage is { AlertId: { } id } outage && outage.IsPending(now) ? [AlertRows.TakenBack(subject, id)] : [];
        return
        [
            new RowChange.Delete(Keys.Node(node.Value.Id), node.Version),
            new RowChange.Delete(Keys.NotUpOf(subject)),
            StateMarks.Removed(node.Value, now),
            .. RollupRows.Of(RollupFold.Last(node.Value)),
            .. pending,
            .. incident,
        ];
    }

    private IEnumerable<RowChange> Told(string subject, NodeChange change, Stored<Incident>? open, DateTimeOffset now)
    {
        if (!NodeIncidents.Concern(change))
        {
            return [];
        }

        var incidents = NodeIncidents.Of(Incidents.Known(open), change, rules);
        return [.. change.Alerts.Select(a => AlertRows.Stored(incidents.Marked(a))), .. IncidentRows.Of(subject, open, incidents, rules, now)];
    }

    private static int Count(NodeChange change) =>
        change.History.Length + change.Alerts.Length + change.Cancelled.Length + (IncidentRows.Most * change.Outages.Length) + (2 * change.Orders.Length);

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
