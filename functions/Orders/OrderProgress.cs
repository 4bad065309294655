using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What an agent's events say about orders. Of an order to another agent, or one that nobody knows, it has nothing to say.</summary>
internal static class OrderProgress
{
    /// <summary>The orders of one shard that change, to be written with what else the events change there.</summary>
    public static async Task<IReadOnlyCollection<Stored<OrderRecord>>> TakeAsync(ITable table, NodeName agent, Shard shard, IEnumerable<NodeEvent> events, CancellationToken cancellation)
    {
        var orders = new Dictionary<RowKey, Stored<OrderRecord>>();
        foreach (var happened in events)
        {
            if (KeyOf(happened) is not { } key || key.Shard != shard)
            {
                continue;
            }

            var order = orders.GetValueOrDefault(key) ?? await table.FindAsync(key, CoreJson.Default.OrderRecord, cancellation);
            if (order?.Value.Order.Audience == agent && order.Value.Take(happened) is var next && next != order.Value)
            {
                orders[key] = order with { Value = next };
            }
        }

        return orders.Values;
    }

    /// <summary>
    /// The orders of all other shards: an agent may refuse an order before it knows which node it is about. Each has a write of its own, which
    /// repeated changes nothing.
    /// </summary>
    /// <param name="own">The shard whose orders are written with something else; null for none.</param>
    /// <returns>False when a race was lost.</returns>
    public static async Task<bool> WriteStrangersAsync(ITable table, NodeName agent, Shard? own, IEnumerable<NodeEvent> events, CancellationToken cancellation)
    {
        var whole = true;
        foreach (var shard in events.GroupBy(e => KeyOf(e)?.Shard).Where(g => g.Key is { } shard && shard != own))
        {
            foreach (var order in await TakeAsync(table, agent, shard.Key!.Value, shard, cancellation))
            {
                whole &= await table.CommitAsync([.. OrderRows.Of(order)], cancellation) is CommitResult.Committed;
            }
        }

        return whole;
    }

    private static RowKey? KeyOf(NodeEvent happened) => happened.Fact switch
    {
        NodeFact.OrderTaken taken => Keys.Order(taken.Order),
        NodeFact.LadderMoved { Order: { } order } => Keys.Order(order),
        NodeFact.OrderEnded ended => Keys.Order(ended.Order),
        NodeFact.OrderRefused { Order: { } order } => Keys.Order(order),
        _ => null,
    };
}
