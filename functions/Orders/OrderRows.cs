using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>An order as rows: itself, and for as long as nobody has taken it, what is to be sent.</summary>
internal static class OrderRows
{
    /// <summary>How many rows a new order has, at most.</summary>
    public const int Most = 4;

    /// <summary>A new order: stored together with what will send it, and unless it is a check, in its subject's history and list of orders.</summary>
    public static IReadOnlyList<RowChange> New(OrderRecord order)
    {
        List<RowChange> rows =
        [
            new RowChange.Insert(new Row { Key = Keys.Order(order.Order.Id)!.Value, Doc = Text(order) }),
            new RowChange.Insert(new Row
            {
                Key = Keys.OrderOnItsWay(order.Order.Id)!.Value,
                Doc = JsonSerializer.Serialize(new OutboxItem { Order = order.Order.Id, Trace = Traces.Current }, MonitorJson.Default.OutboxItem),
                Due = order.StoredAt,
            }),
        ];
        if (OrderMark.Of(order, order.StoredAt) is { } placed)
        {
            rows.Add(History(order, placed));
            rows.Add(new RowChange.Put(new Row { Key = Keys.Placed(order), Doc = "{}" }));
        }

        return rows;
    }

    /// <summary>An order that nobody took in time.</summary>
    public static IEnumerable<RowChange> Expired(Stored<OrderRecord> order, DateTimeOffset now)
    {
        var expired = order with { Value = order.Value with { State = OrderState.Expired, EndedAt = now } };
        return OrderMark.Of(expired.Value, now) is { } mark ? Of(expired).Append(History(expired.Value, mark)) : Of(expired);
    }

    /// <summary>An order that has changed; one that the agent has taken or that is over is not sent again.</summary>
    public static IEnumerable<RowChange> Of(Stored<OrderRecord> order)
    {
        yield return new RowChange.Replace(new Row { Key = Keys.Order(order.Value.Order.Id)!.Value, Doc = Text(order.Value), Version = order.Version });
        if (order.Value.State is OrderState.Taken or OrderState.Ended or OrderState.Expired)
        {
            yield return new RowChange.Delete(Keys.OrderOnItsWay(order.Value.Order.Id)!.Value);
        }
    }

    private static RowChange.Put History(OrderRecord order, HistoryEntry entry) =>
        new(new Row { Key = Keys.History(order.Order.Subject, entry), Doc = JsonSerializer.Serialize(entry, CoreJson.Default.HistoryEntry) });

    private static string Text(OrderRecord order) => JsonSerializer.Serialize(order, CoreJson.Default.OrderRecord);
}
