using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads what became of alerts, within bounds: all subjects together show only the last of each.</summary>
internal sealed class AlertBook(ITable table, ILogger log)
{
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(log);

    /// <summary>Rows of one shard's outbox.</summary>
    private const int MostPending = 500;

    /// <summary>Subjects of one shard whose deliveries are read.</summary>
    private const int MostSubjects = 200;

    /// <summary>Deliveries of each of them.</summary>
    private const int MostOfEach = 20;

    /// <param name="subject">Null for all.</param>
    public async Task<AlertList> ReadAsync(string? subject, int limit, CancellationToken cancellation)
    {
        var shards = subject is null ? Shard.All : [Shard.Of(subject)];
        var pending = await Task.WhenAll(shards.Select(s => PendingAsync(s, subject, cancellation)));
        var ended = subject is null
            ? await Task.WhenAll(shards.Select(s => EndedAsync(s, Math.Min(limit, MostOfEach), cancellation)))
            : [await EndedAsync(Shard.Of(subject), KeyRange.Prefix(Keys.DeliveriesOf(subject)), limit, cancellation)];
        return new AlertList(
            [.. pending.SelectMany(p => p).OrderBy(a => a.DueAt).Take(limit)],
            [.. ended.SelectMany(e => e).OrderByDescending(a => a.EndedAt).Take(limit)]);
    }

    private async Task<List<AlertView>> PendingAsync(Shard shard, string? subject, CancellationToken cancellation)
    {
        var found = new List<AlertView>();
        await foreach (var row in table.RangeAsync(shard, KeyRange.Prefix(Keys.Outbox), MostPending, cancellation))
        {
            if (Documents.TryRead(row, MonitorJson.Default.OutboxItem, _skipped)?.Value is { Alert: { } alert } item && (subject is null || alert.Subject == subject))
            {
                found.Add(new AlertView
                {
                    Alert = alert,
                    Channel = item.Channel ?? "",
                    Status = AlertStatus.Pending,
                    Attempts = item.Attempt,
                    DueAt = row.Due,
                    Trouble = item.Trouble,
                    LostClaims = item.LostClaims == 0 ? null : item.LostClaims,
                });
            }
        }

        return found;
    }

    /// <summary>From subject to subject: within each the newest come first.</summary>
    private async Task<List<AlertView>> EndedAsync(Shard shard, int ofEach, CancellationToken cancellation)
    {
        var found = new List<AlertView>();
        await foreach (var subject in Subjects.ListAsync(table, shard, Keys.AllDeliveries, _ => { }, cancellation).Take(MostSubjects))
        {
            found.AddRange(await EndedAsync(shard, subject, ofEach, cancellation));
        }

        return found;
    }

    private async Task<List<AlertView>> EndedAsync(Shard shard, KeyRange range, int most, CancellationToken cancellation)
    {
        var found = new List<AlertView>();
        await foreach (var row in table.RangeAsync(shard, range, most, cancellation))
        {
            if (Documents.TryRead(row, MonitorJson.Default.DeliveryRecord, _skipped) is not { Value: var delivery })
            {
                continue;
            }

            found.Add(new AlertView
            {
                Alert = delivery.Alert,
                Channel = delivery.Channel,
                Status = delivery.Refused is null ? AlertStatus.Delivered : AlertStatus.Refused,
                Attempts = delivery.Attempts,
                EndedAt = delivery.At,
                Receipt = delivery.Receipt,
                Trouble = delivery.Refused,
                LostClaims = delivery.LostClaims == 0 ? null : delivery.LostClaims,
            });
        }

        return found;
    }
}
