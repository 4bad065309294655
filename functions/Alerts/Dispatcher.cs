using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Puts what is due onto the bus. The attempt is stored before it is sent; a send that fails is repeated when the row is due again. So
/// nothing that was stored is lost, and no guarantee rests on the broker.
/// </summary>
internal sealed partial class Dispatcher(Monitor monitor)
{
    /// <summary>What was put onto the bus and not recorded as delivered by then is dispatched again.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(3);

    /// <summary>The bus did not take it.</summary>
    private static readonly TimeSpan AgainSoon = TimeSpan.FromSeconds(15);

    private const int MostAtOnce = 200;

    private readonly ILogger _log = monitor.Logs.CreateLogger<Dispatcher>();

    /// <summary>Dispatches what a commit has just stored, as far as it is due.</summary>
    public async Task DispatchAsync(IEnumerable<RowChange> stored, CancellationToken cancellation)
    {
        var now = monitor.Now;
        foreach (var key in stored.Select(c => c.Written).OfType<Row>().Where(r => r.Due <= now && r.Key.Key.StartsWith(Keys.Outbox, StringComparison.Ordinal)).Select(r => r.Key))
        {
            if (await monitor.Table.ReadAsync(key, cancellation) is { } row)
            {
                await DispatchAsync(row, cancellation);
            }
        }
    }

    /// <returns>How many rows of the shard were due.</returns>
    public async Task<int> DispatchDueAsync(Shard shard, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in monitor.Table.DueAsync(shard, KeyRange.Prefix(Keys.Outbox), monitor.Now, MostAtOnce, cancellation))
        {
            rows.Add(row);
        }

        foreach (var row in rows)
        {
            await DispatchAsync(row, cancellation);
        }

        return rows.Count;
    }

    private async Task DispatchAsync(Row row, CancellationToken cancellation)
    {
        var item = Documents.Read(row, MonitorJson.Default.OutboxItem);
        if (item.Value.Order is { } order)
        {
            await new OrderDispatch(monitor).DispatchAsync(order, row, item, cancellation);
            return;
        }

        if (await NextAttemptAsync(monitor, row, item, AgainAfter, cancellation) is not { } attempt)
        {
            return;
        }

        var message = JsonSerializer.SerializeToUtf8Bytes(new OutboxMessage(row.Key.Shard.Number, row.Key.Key), MonitorJson.Default.OutboxMessage);
        var sent = await monitor.Bus.SendAsync(Names.AlertsQueue, new BusMessage { MessageId = attempt.Value.MessageId, Body = message }, cancellation);
        if (sent is not BusSend.Accepted)
        {
            Log.NotSent(_log, attempt.Value.MessageId, sent);
            await PutBackAsync(monitor, row.Key, attempt, AgainSoon, cancellation);
        }
    }

    /// <summary>The row with its attempt raised, before anything is sent; null when another instance was faster.</summary>
    internal static async Task<Stored<OutboxItem>?> NextAttemptAsync(Monitor monitor, Row row, Stored<OutboxItem> item, TimeSpan again, CancellationToken cancellation)
    {
        var next = item.Value with { Attempt = item.Value.Attempt + 1 };
        var replaced = row with { Doc = JsonSerializer.Serialize(next, MonitorJson.Default.OutboxItem), Due = monitor.Now + again };
        return await monitor.Table.CommitAsync([new RowChange.Replace(replaced)], cancellation) is CommitResult.Committed committed
            ? new Stored<OutboxItem>(next, committed.Versions[row.Key])
            : null;
    }

    /// <summary>Due again sooner. Lost to a race, it is due when it was.</summary>
    internal static async Task PutBackAsync(Monitor monitor, RowKey key, Stored<OutboxItem> item, TimeSpan after, CancellationToken cancellation) =>
        await monitor.Table.CommitAsync(
            [new RowChange.Replace(new Row { Key = key, Doc = JsonSerializer.Serialize(item.Value, MonitorJson.Default.OutboxItem), Due = monitor.Now + after, Version = item.Version })],
            cancellation);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Message} did not get onto the bus and is sent again: {Result}")]
        public static partial void NotSent(ILogger log, string message, BusSend result);
    }
}
