using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads what became of alerts, within bounds: all subjects together show only the last of each.</summary>
internal sealed class AlertBook(ITable table, ILogger log)
{
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(log);

    /// <summary>Rows of one shard's outbox.</summary>
    private const int MostPending = 500;

    /// <summary>Subjects of one shard whose deliveries are read.</summary>
    public const int MostSubjects = 200;

    /// <summary>Deliveries of each of them.</summary>
    public const int MostOfEach = 20;

    /// <summary>Rows that are looked through for one subject's that are pending, or for one alert's among its deliveries.</summary>
    private const int MostLookedThrough = 2_000;

    /// <summary>Deliveries that are shown with an incident.</summary>
    private const int MostOfIncident = 200;

    /// <param name="subject">Null for all.</param>
    /// <param name="alert">The id of the one that is meant; null for all. Without its subject only the last deliveries of each subject are looked through.</param>
    public async Task<AlertList> ReadAsync(string? subject, string? alert, int limit, CancellationToken cancellation)
    {
        if (alert is not null)
        {
            var all = await ReadAsync(subject, subject is null ? MostOfEach * Shard.Count * MostSubjects : MostLookedThrough, cancellation);
            return new AlertList([.. all.Pending.Where(a => a.Alert.Id == alert).Take(limit)], [.. all.Ended.Where(a => a.Alert.Id == alert).Take(limit)]) { Truncated = all.Truncated };
        }

        return await ReadAsync(subject, limit, cancellation);
    }

    /// <summary>What was told of an incident, and what is still to be: its own alerts, and those of none in its time.</summary>
    /// <returns>And whether there is more than is shown.</returns>
    public async Task<(List<AlertView> Alerts, bool More)> OfIncidentAsync(Incident incident, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        bool IsIts(AlertView view) => view.Alert.Incident == incident.Id || (view.Alert.Incident is null && view.Alert.At >= from && view.Alert.At <= to);

        var (subject, shard) = (incident.Subject, Shard.Of(incident.Subject));
        var prefix = Keys.DeliveriesOf(subject);
        var range = new KeyRange(prefix + ReversedTicks.Of(to), prefix + ReversedTicks.Of(from) + '}'); // '}' comes after '|'.
        var ended = await EndedAsync(shard, range, MostOfIncident + 1, cancellation);
        var (all, more) = await PendingAsync(shard, subject, MostLookedThrough, cancellation);
        var pending = all.Where(IsIts).OrderBy(a => a.DueAt).ToList();
        return ([.. ended.Take(MostOfIncident).Where(IsIts), .. pending.Take(MostOfIncident)], more || ended.Count > MostOfIncident || pending.Count > MostOfIncident);
    }

    private async Task<AlertList> ReadAsync(string? subject, int limit, CancellationToken cancellation)
    {
        var shards = subject is null ? Shard.All : [Shard.Of(subject)];
        var pending = await Task.WhenAll(shards.Select(s => PendingAsync(s, subject, subject is null ? MostPending : MostLookedThrough, cancellation)));
        var ended = subject is null
            ? await Task.WhenAll(shards.Select(s => EndedAsync(s, Math.Min(limit, MostOfEach), cancellation)))
            : [(await EndedAsync(Shard.Of(subject), KeyRange.Prefix(Keys.DeliveriesOf(subject)), limit + 1, cancellation), false)];
        var (open, over) = (pending.SelectMany(p => p.Found).OrderBy(a => a.DueAt).ToList(), ended.SelectMany(e => e.Found).OrderByDescending(a => a.EndedAt).ToList());
        var cut = open.Count > limit || over.Count > limit || pending.Any(p => p.More) || ended.Any(e => e.More);
        return new AlertList([.. open.Take(limit)], [.. over.Take(limit)]) { Truncated = cut ? true : null };
    }

    /// <summary>Their keys have no subject: for one of them the shard's are looked through.</summary>
    private async Task<(List<AlertView> Found, bool More)> PendingAsync(Shard shard, string? subject, int most, CancellationToken cancellation)
    {
        var found = new List<AlertView>();
        var rows = 0;
        await foreach (var row in table.RangeAsync(shard, KeyRange.Prefix(Keys.Outbox), most, cancellation))
        {
            rows++;
            if (Documents.TryRead(row, MonitorJson.Default.OutboxItem, _skipped)?.Value is { Alert: { } alert } item && (subject is null || alert.Subject == subject))
            {
                found.Add(new AlertView
                {
                    Alert = alert,
                    Channel = item.Channel ?? "",
                    Status = item.ClaimedUntil is not null ? AlertStatus.Claimed : item.Trouble is not null ? AlertStatus.Deferred : AlertStatus.Pending,
                    Attempts = item.Attempt,
                    DueAt = row.Due,
                    Trouble = item.Trouble,
                    Message = item.Message,
                    EscalatedFrom = item.EscalatedFrom,
                    LostClaims = item.LostClaims == 0 ? null : item.LostClaims,
                });
            }
        }

        return (found, rows == most);
    }

    /// <summary>From subject to subject: within each the newest come first.</summary>
    /// <returns>And whether there are more.</returns>
    private async Task<(List<AlertView> Found, bool More)> EndedAsync(Shard shard, int ofEach, CancellationToken cancellation)
    {
        var (found, subjects, more) = (new List<AlertView>(), 0, false);
        await foreach (var subject in Subjects.ListAsync(table, shard, Keys.AllDeliveries, _ => { }, cancellation))
        {
            if (++subjects > MostSubjects)
            {
                return (found, true);
            }

            var own = await EndedAsync(shard, subject, ofEach + 1, cancellation);
            more |= own.Count > ofEach;
            found.AddRange(own.Take(ofEach));
        }

        return (found, more);
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
                Status = delivery.Hidden is not null ? AlertStatus.Hidden : delivery.Refused is null ? AlertStatus.Delivered : AlertStatus.Refused,
                Attempts = delivery.Attempts,
                EndedAt = delivery.At,
                Receipt = delivery.Receipt,
                Trouble = delivery.Hidden ?? delivery.Refused,
                Message = delivery.Message,
                EscalatedFrom = delivery.EscalatedFrom,
                LostClaims = delivery.LostClaims == 0 ? null : delivery.LostClaims,
            });
        }

        return found;
    }
}
