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
        call is TriggerCall.Bus bus ? DeliverAsync(bus.Body, cancellation) : throw new InvalidOperationException("deliveries come from the bus");

    /// <summary>
    /// Claim, send, record. While the store is away the first and the last are tried again, each by itself: what was sent is not sent again
    /// because it could not be recorded at once.
    /// </summary>
    private async Task<TriggerResult> DeliverAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Claimed? claim = null;
        var token = $"{monitor.Instance}:{Guid.NewGuid():n}";
        var claimed = await Patience.TryAsync(
            monitor.Time,
            async () =>
            {
                (claim, var result) = await ClaimAsync(body, token, cancellation);
                return result;
            },
            cancellation);
        if (claim is null)
        {
            return claimed;
        }

        var sent = await SendAsync(claim.Item.Value, cancellation);
        return await Patience.TryAsync(
            monitor.Time,
            async () =>
            {
                await RecordAsync(claim, sent, cancellation);
                return TriggerResult.Done.Instance;
            },
            cancellation);
    }

    private async Task<(Claimed? Claim, TriggerResult Result)> ClaimAsync(ReadOnlyMemory<byte> body, string token, CancellationToken cancellation)
    {
        if (KeyOf(body) is not { } key)
        {
            await Refusals.CountAsync(monitor, Names.AlertsQueue, "malformed", cancellation);
            return (null, new TriggerResult.Refused("the message names no outbox row"));
        }

        if (await monitor.Table.ReadAsync(key, cancellation) is not { } row)
        {
            return (null, TriggerResult.Done.Instance); // Delivered, or taken back.
        }

        var item = Documents.Read(row, MonitorJson.Default.OutboxItem);
        if (item.Value.ClaimedBy == token)
        {
            return (new Claimed(key, item), TriggerResult.Done.Instance); // Ours, though the answer to the write was lost.
        }

        if (item.Value.Alert is null || item.Value.ClaimedUntil > monitor.Now)
        {
            return (null, TriggerResult.Done.Instance); // Somebody else is at it; should he fail, the row is due again.
        }

        var until = monitor.Now + ClaimFor;
        var claimed = item.Value with
        {
            ClaimedBy = token,
            ClaimedUntil = until,
            LostClaims = item.Value.LostClaims + (item.Value.ClaimedBy is null ? 0 : 1),
        };
        return await monitor.Table.CommitOneAsync(row with { Doc = Text(claimed), Due = until }, cancellation) is { } version
            ? (new Claimed(key, new Stored<OutboxItem>(claimed, version)), TriggerResult.Done.Instance)
            : (null, TriggerResult.Done.Instance);
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

    private async Task<Notified> SendAsync(OutboxItem item, CancellationToken cancellation)
    {
        var alert = item.Alert!;
        return notifiers.FirstOrDefault(n => n.Channel == item.Channel) is { } notifier
            ? await notifier.SendAsync(alert, $"{alert.Id}:{item.Channel}", cancellation)
            : new Notified.Refused($"there is no channel {item.Channel} any more");
    }

    private async Task RecordAsync(Claimed claimed, Notified sent, CancellationToken cancellation)
    {
        var (key, claim) = claimed;
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
        if (await monitor.Table.CommitAsync([new RowChange.Delete(key, claim.Version), new RowChange.Put(row)], cancellation) is not CommitResult.Committed
            && await monitor.Table.ReadAsync(key, cancellation) is not null)
        {
            Log.NotRecorded(_log, alert.Id, item.Channel!);
        }
    }

    private sealed record Claimed(RowKey Key, Stored<OutboxItem> Item);

    private static string Text(OutboxItem item) => JsonSerializer.Serialize(item, MonitorJson.Default.OutboxItem);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "alert {Alert} over {Channel} was not delivered ({Why}) and is tried again in {Wait}")]
        public static partial void Deferred(ILogger log, string alert, string channel, string why, TimeSpan wait);

        [LoggerMessage(Level = LogLevel.Warning, Message = "alert {Alert} over {Channel} was sent, but its claim had run out: it may be sent again")]
        public static partial void NotRecorded(ILogger log, string alert, string channel);
    }
}
