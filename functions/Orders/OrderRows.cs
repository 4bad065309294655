using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>An order as rows: itself, and for as long as nobody has taken it, what is to be sent.</summary>
internal static class OrderRows
{
    /// <summary>A new order: stored together with what will send it.</summary>
    public static IReadOnlyList<RowChange> New(OrderRecord order, DateTimeOffset now) =>
    [
        new RowChange.Insert(new Row { Key = Keys.Order(order.Order.Id)!.Value, Doc = Text(order) }),
        new RowChange.Insert(new Row
        {
            Key = Keys.OrderOnItsWay(order.Order.Id)!.Value,
            Doc = JsonSerializer.Serialize(new OutboxItem { Order = order.Order.Id }, MonitorJson.Default.OutboxItem),
            Due = now,
        }),
    ];

    /// <summary>An order that has changed; one that the agent has taken or that is over is not sent again.</summary>
    public static IEnumerable<RowChange> Of(Stored<OrderRecord> order)
    {
        yield return new RowChange.Replace(new Row { Key = Keys.Order(order.Value.Order.Id)!.Value, Doc = Text(order.Value), Version = order.Version });
        if (order.Value.State is OrderState.Taken or OrderState.Ended or OrderState.Expired)
        {
            yield return new RowChange.Delete(Keys.OrderOnItsWay(order.Value.Order.Id)!.Value);
        }
    }

    private static string Text(OrderRecord order) => JsonSerializer.Serialize(order, CoreJson.Default.OrderRecord);
}
