using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Signs an order and puts it into its agent's queue, again and again until the agent says that it has it, or it has expired.</summary>
internal sealed partial class OrderDispatch(Monitor monitor)
{
    /// <summary>Between two attempts.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromSeconds(20);
    private readonly ILogger _log = monitor.Logs.CreateLogger<OrderDispatch>();

    /// <summary>Null where nothing was to be sent.</summary>
    public async Task<BusSend?> DispatchAsync(string id, Row row, Stored<OutboxItem> item, CancellationToken cancellation)
    {
        var order = await monitor.Table.FindAsync(Keys.Order(id)!.Value, CoreJson.Default.OrderRecord, cancellation);
        if (order is null || order.Value.State is OrderState.Taken || order.Value.IsOver())
        {
            await monitor.Table.CommitAsync([new RowChange.Delete(row.Key, row.Version)], cancellation);
            return null;
        }

        if (monitor.Now >= order.Value.ExpiresAt())
        {
            await monitor.Table.CommitAsync([.. OrderRows.Expired(order, monitor.Now)], cancellation);
            return null;
        }

        return await AttemptAsync(order, row, item, cancellation) is { } attempt ? await SendAsync(order.Value.Order, attempt, cancellation) : null;
    }

    /// <summary>The attempt, stored with the order's own state; null when another instance was faster.</summary>
    private async Task<OutboxItem?> AttemptAsync(Stored<OrderRecord> order, Row row, Stored<OutboxItem> item, CancellationToken cancellation)
    {
        var next = item.Value with { Attempt = item.Value.Attempt + 1 };
        var sent = order with { Value = order.Value with { State = OrderState.Sent, Attempts = next.Attempt, SentAt = monitor.Now } };
        var committed = await monitor.Table.CommitAsync(
            [
                .. OrderRows.Of(sent),
                new RowChange.Replace(row with { Doc = JsonSerializer.Serialize(next, MonitorJson.Default.OutboxItem), Due = monitor.Now + Again }),
            ],
            cancellation);
        return committed is CommitResult.Committed ? next : null;
    }

    private async Task<BusSend> SendAsync(Order order, OutboxItem attempt, CancellationToken cancellation)
    {
        var sent = await monitor.Bus.SendAsync(
            Names.CommandsQueue(order.Audience.ToString()),
            new BusMessage
            {
                MessageId = attempt.MessageId,
                Body = monitor.Keys.Sign(JwsType.Order, JsonSerializer.SerializeToUtf8Bytes(order, CoreJson.Default.Order)),
                TimeToLive = DateTimeOffset.FromUnixTimeSeconds(order.ExpiresAt) - monitor.Now is var left && left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(1),
            },
            cancellation);
        if (sent is not BusSend.Accepted)
        {
            Log.NotSent(_log, attempt.MessageId, sent);
        }

        return sent;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "order {Message} did not get onto the bus and is sent again: {Result}")]
        public static partial void NotSent(ILogger log, string message, BusSend result);
    }
}
