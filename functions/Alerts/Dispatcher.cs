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

    /// <summary>What cannot be sent stays where it is, told again now and then, and out of the way of what can.</summary>
    private static readonly TimeSpan AgainUnreadable = TimeSpan.FromHours(1);

    private const int MostAtOnce = 200;

    private readonly ILogger _log = monitor.Logs.CreateLogger<Dispatcher>();

    /// <summary>
    /// Dispatches what a commit has just stored, as far as it is due, and before it what had become due in the same shards: else somebody would
    /// read that a node works again before he reads that it is down.
    /// </summary>
    public async Task DispatchAsync(IEnumerable<RowChange> stored, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var due = stored.Select(c => c.Written).OfType<Row>().Where(r => r.Due <= now && r.Key.Key.StartsWith(Keys.Outbox, StringComparison.Ordinal));
        foreach (var shard in due.Select(r => r.Key.Shard).ToHashSet())
        {
            await DispatchDueAsync(shard, cancellation);
        }
    }

    /// <returns>How many rows of the shard were dispatched.</returns>
    public async Task<int> DispatchDueAsync(Shard shard, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in monitor.Table.DueAsync(shard, KeyRange.Prefix(Keys.Outbox), monitor.Now, MostAtOnce, cancellation))
        {
            rows.Add(row);
        }

        var done = 0;
        foreach (var row in rows.OrderBy(r => r.Due))
        {
            if (await DispatchAsync(row, cancellation) is BusSend.NotNow)
            {
                return done; // The bus is away: the rest stays due.
            }

            done++;
        }

        return done;
    }

    /// <summary>Null where nothing was to be sent.</summary>
    private async Task<BusSend?> DispatchAsync(Row row, CancellationToken cancellation)
    {
        try
        {
            var item = Documents.Read(row, MonitorJson.Default.OutboxItem);
            return item.Value switch
            {
                { Order: { } order } when Keys.OrderOnItsWay(order) == row.Key => await new OrderDispatch(monitor).DispatchAsync(order, row, item, cancellation),
                { Order: null, Alert: { } alert, Channel: { } channel } when $"{Keys.Outbox}{alert.Id}|{channel}" == row.Key.Key => await DispatchAlertAsync(row, item, cancellation),
                _ => throw new UnreadableRowException(row.Key, nameof(OutboxItem), "it is not what its key says"),
            };
        }
        catch (UnreadableRowException e)
        {
            Log.Unreadable(_log, e.Message);
            await monitor.Table.CommitAsync([new RowChange.Replace(row with { Due = monitor.Now + AgainUnreadable })], cancellation); // Lost: somebody has seen to it.
            return null;
        }
    }

    private async Task<BusSend?> DispatchAlertAsync(Row row, Stored<OutboxItem> item, CancellationToken cancellation)
    {
        if (await NextAttemptAsync(row, item, cancellation) is not { } attempt)
        {
            return null;
        }

        var message = JsonSerializer.SerializeToUtf8Bytes(new OutboxMessage(row.Key.Shard.Number, row.Key.Key), MonitorJson.Default.OutboxMessage);
        var sent = await monitor.Bus.SendAsync(Names.AlertsQueue, new BusMessage { MessageId = attempt.Value.MessageId, Body = message }, cancellation);
        if (sent is not BusSend.Accepted)
        {
            Log.NotSent(_log, attempt.Value.MessageId, sent);
            await PutBackAsync(monitor, row.Key, attempt, AgainSoon, cancellation);
        }

        return sent;
    }

    /// <summary>The row with its attempt raised, before anything is sent; null when another instance was faster.</summary>
    private async Task<Stored<OutboxItem>?> NextAttemptAsync(Row row, Stored<OutboxItem> item, CancellationToken cancellation)
    {
        var next = item.Value with { Attempt = item.Value.Attempt + 1 };
        var replaced = row with { Doc = JsonSerializer.Serialize(next, MonitorJson.Default.OutboxItem), Due = monitor.Now + AgainAfter };
        return await monitor.Table.CommitOneAsync(replaced, cancellation) is { } version ? new Stored<OutboxItem>(next, version) : null;
    }

    /// <summary>Due again sooner. Lost to a race, it is due when it was.</summary>
    internal static async Task PutBackAsync(Monitor monitor, RowKey key, Stored<OutboxItem> item, TimeSpan after, CancellationToken cancellation) =>
        await monitor.Table.CommitAsync(
            [new RowChange.Replace(new Row { Key = key, Doc = JsonSerializer.Serialize(item.Value, MonitorJson.Default.OutboxItem), Due = monitor.Now + after, Version = item.Version })],
            cancellation);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "something is to be sent and cannot be: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Message} did not get onto the bus and is sent again: {Result}")]
        public static partial void NotSent(ILogger log, string message, BusSend result);
    }
}
