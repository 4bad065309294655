using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// <c>deliver</c>: sends one alert over one channel. Only who holds the claim sends; the row ends only when the delivery is recorded. A claim
/// that ran out is the one case in which an alert may be sent twice, and it is counted.
/// </summary>
internal sealed partial class DeliverTrigger(Monitor monitor, IReadOnlyList<INotifier> notifiers) : ITrigger
{
    /// <summary>Longer than an invocation may take.</summary>
    private static readonly TimeSpan ClaimFor = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private readonly ILogger _log = monitor.Logs.CreateLogger<DeliverTrigger>();

    public string Name => "deliver";

    public Task<TriggerResult> InvokeAsync(TriggerCall call, CancellationToken cancellation) =>
        call is TriggerCall.Bus bus
            ? Patience.TryAsync(monitor.Time, () => DeliverAsync(bus.Body, cancellation), cancellation)
            : throw new InvalidOperationException("deliveries come from the bus");

    private async Task<TriggerResult> DeliverAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (KeyOf(body) is not { } key)
        {
            await Refusals.CountAsync(monitor, Names.AlertsQueue, "malformed", cancellation);
            return new TriggerResult.Refused("the message names no outbox row");
        }

        if (await monitor.Table.ReadAsync(key, cancellation) is not { } row)
        {
            return TriggerResult.Done.Instance; // Delivered, or taken back.
        }

        var item = Documents.Read(row, MonitorJson.Default.OutboxItem);
        if (item.Value.Alert is null || item.Value.ClaimedUntil > monitor.Now || await ClaimAsync(row, item, cancellation) is not { } claim)
        {
            return TriggerResult.Done.Instance; // Somebody else is at it; should he fail, the row is due again.
        }

        var sent = await SendAsync(claim.Value, cancellation);
        await RecordAsync(row.Key, claim, sent, cancellation);
        return TriggerResult.Done.Instance;
    }

    private static RowKey? KeyOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, MonitorJson.Default.OutboxMessage) is { Shard: >= 0 and < Shard.Count, Key: { } key } message
                && key.StartsWith(Keys.Outbox, StringComparison.Ordinal) && RowKey.IsAllowed(key) ? new RowKey(new Shard(message.Shard), key) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<Stored<OutboxItem>?> ClaimAsync(Row row, Stored<OutboxItem> item, CancellationToken cancellation)
    {
        var until = monitor.Now + ClaimFor;
        var claimed = item.Value with
        {
            ClaimedBy = monitor.Instance,
            ClaimedUntil = until,
            LostClaims = item.Value.LostClaims + (item.Value.ClaimedBy is null ? 0 : 1),
        };
        var committed = await monitor.Table.CommitAsync([new RowChange.Replace(row with { Doc = Text(claimed), Due = until })], cancellation);
        return committed is CommitResult.Committed c ? new Stored<OutboxItem>(claimed, c.Versions[row.Key]) : null;
    }

    private async Task<Notified> SendAsync(OutboxItem item, CancellationToken cancellation)
    {
        var alert = item.Alert!;
        return notifiers.FirstOrDefault(n => n.Channel == item.Channel) is { } notifier
            ? await notifier.SendAsync(alert, $"{alert.Id}:{item.Channel}", cancellation)
            : new Notified.Refused($"there is no channel {item.Channel} any more");
    }

    private async Task RecordAsync(RowKey key, Stored<OutboxItem> claim, Notified sent, CancellationToken cancellation)
    {
        var (item, alert) = (claim.Value, claim.Value.Alert!);
        if (sent is Notified.Deferred deferred)
        {
            var wait = deferred.NotBefore ?? TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(item.Attempt, 10)));
            Log.Deferred(_log, alert.Id, item.Channel!, deferred.Why, wait);
            await Dispatcher.PutBackAsync(monitor, key, claim with { Value = item with { ClaimedBy = null, ClaimedUntil = null, Trouble = deferred.Why } }, wait, cancellation);
            return;
        }

        var record = new DeliveryRecord
        {
            Alert = alert,
            Channel = item.Channel!,
            At = monitor.Now,
            Receipt = (sent as Notified.Delivered)?.Receipt,
            Refused = (sent as Notified.Refused)?.Why,
            Attempts = item.Attempt,
            LostClaims = item.LostClaims,
        };
        var row = new Row { Key = Keys.Delivered(alert, item.Channel!), Doc = JsonSerializer.Serialize(record, MonitorJson.Default.DeliveryRecord) };
        if (await monitor.Table.CommitAsync([new RowChange.Delete(key, claim.Version), new RowChange.Put(row)], cancellation) is not CommitResult.Committed)
        {
            Log.NotRecorded(_log, alert.Id, item.Channel!);
        }
    }

    private static string Text(OutboxItem item) => JsonSerializer.Serialize(item, MonitorJson.Default.OutboxItem);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "alert {Alert} over {Channel} was not delivered ({Why}) and is tried again in {Wait}")]
        public static partial void Deferred(ILogger log, string alert, string channel, string why, TimeSpan wait);

        [LoggerMessage(Level = LogLevel.Warning, Message = "alert {Alert} over {Channel} was sent, but its claim had run out: it may be sent again")]
        public static partial void NotRecorded(ILogger log, string alert, string channel);
    }
}
