using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What an agent's events say about orders.</summary>
internal static class OrderProgress
{
    /// <summary>Takes one event into the order it names. An order this monitor does not know is nobody's business.</summary>
    public static async Task TakeAsync(ITable table, Dictionary<string, Stored<OrderRecord>> orders, NodeEvent happened, CancellationToken cancellation)
    {
        var id = happened.Fact switch
        {
            NodeFact.OrderTaken taken => taken.Order,
            NodeFact.OrderEnded ended => ended.Order,
            NodeFact.OrderRefused refused => refused.Order,
            _ => null,
        };
        if (id is null || Keys.Order(id) is not { } key)
        {
            return;
        }

        if (!orders.TryGetValue(id, out var order))
        {
            order = await table.FindAsync(key, CoreJson.Default.OrderRecord, cancellation);
        }

        if (order is not null && order.Value.Take(happened) is var next && next != order.Value)
        {
            orders[id] = order with { Value = next };
        }
    }
}
