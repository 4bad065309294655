using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Writes orders down, sends them at once, and waits for what becomes of them.</summary>
internal sealed class OrderPlacing(Monitor monitor, Dispatcher dispatcher)
{
    /// <summary>What the agent has not taken by then is not done any more.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    /// <summary>Stored when this returns, and on its way if the bus takes it.</summary>
    /// <exception cref="StorageUnavailableException">Whether it was stored is not known; its life is short.</exception>
    public async Task<OrderRecord> PlaceAsync(OrderWish wish, CancellationToken cancellation)
    {
        var record = wish.ToRecord(monitor.Now, Life);
        var rows = OrderRows.New(record);
        if (await monitor.Table.CommitAsync(rows, cancellation) is not CommitResult.Committed && await FindAsync(record.Order.Id, cancellation) is null)
        {
            throw new StorageUnavailableException($"order {record.Order.Id} could not be written");
        }

        await dispatcher.TryDispatchAsync($"order {record.Order.Id}", rows, cancellation);
        return record;
    }

    /// <summary>The order when it is over, or when the time is; null when there is no such order.</summary>
    public async Task<OrderRecord?> WaitAsync(string id, TimeSpan wait, CancellationToken cancellation)
    {
        var begun = monitor.Time.GetTimestamp();
        for (var pause = FirstLook; ; pause = Shorter(pause * 1.25, LongestPause))
        {
            var order = await FindAsync(id, cancellation);
            var left = wait - monitor.Time.GetElapsedTime(begun);
            if (order is null || order.IsOver() || left <= TimeSpan.Zero)
            {
                return order;
            }

            await Task.Delay(Shorter(pause, left), monitor.Time, cancellation);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task<OrderRecord?> FindAsync(string id, CancellationToken cancellation) =>
        Keys.Order(id) is { } key ? (await monitor.Table.FindAsync(key, CoreJson.Default.OrderRecord, cancellation))?.Value : null;
}
