using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Removes history, roll-ups, deliveries, orders and the record of deeds that have been kept long enough, also of subjects that are gone; one shard a minute, so much a time.</summary>
internal sealed partial class OldRows(Monitor monitor)
{
    /// <summary>Rows of one subject that one run removes.</summary>
    private const int Most = 1_000;

    private readonly ILogger _log = monitor.Logs.CreateLogger<OldRows>();
    private readonly SilenceBook _silences = new(monitor);
    private long _minute;

    public async Task<bool> SweepAsync(CancellationToken cancellation)
    {
        var minute = monitor.Now.ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref _minute, minute) == minute)
        {
            return false;
        }

        var shard = new Shard((int)(minute % Shard.Count));
        await RemoveAsync(shard, Keys.AllHistory, monitor.Policy.HistoryKept, cancellation);
        await RemoveAsync(shard, Keys.AllDeliveries, monitor.Policy.HistoryKept, cancellation);
        await RemoveAsync(shard, Keys.AllPlaced, monitor.Policy.HistoryKept, cancellation);
        await RemoveAsync(shard, Keys.AllHours, monitor.Policy.HoursKept, cancellation);
        await RemoveAsync(shard, Keys.AllDays, monitor.Policy.DaysKept, cancellation);
        await Retention.RemoveAsync(
            monitor.Table, shard, KeyRange.Prefix(Keys.AllAudit) with { From = Keys.AuditBefore(monitor.Now - monitor.Policy.AuditKept) }, Most, cancellation);
        await RemoveOrdersAsync(shard, cancellation);
        await RemoveIncidentsAsync(shard, cancellation);
        if (shard == Shard.Of(NodeId.Monitor))
        {
            await _silences.RemoveOldAsync(cancellation);
        }

        return true;
    }

    /// <summary>Those that are over, and the rows that led to them. By when they began: one that lasted longer goes as soon as it is over.</summary>
    private async Task RemoveIncidentsAsync(Shard shard, CancellationToken cancellation)
    {
        var old = new List<RowChange>();
        var from = KeyRange.Prefix(Keys.ClosedIncidents) with { From = Keys.ClosedIncidents + ReversedTicks.Of(monitor.Now - monitor.Policy.HistoryKept) };
        await foreach (var row in monitor.Table.RangeAsync(shard, from, Most, cancellation))
        {
            old.Add(new RowChange.Delete(row.Key));
            if (Keys.IncidentPlace(row.Key.Key[(row.Key.Key.LastIndexOf('|') + 1)..]) is { } place && place.Shard == shard)
            {
                old.Add(new RowChange.Delete(place));
            }
        }

        foreach (var part in old.Chunk(CommitBounds.MaxRows))
        {
            await monitor.Table.CommitAsync(part, cancellation);
        }
    }

    /// <summary>Their keys have no time; there are few of them.</summary>
    private async Task RemoveOrdersAsync(Shard shard, CancellationToken cancellation)
    {
        var oldest = monitor.Now - monitor.Policy.HistoryKept;
        var old = new List<RowChange>();
        await foreach (var order in monitor.Table.ListReadableAsync(shard, KeyRange.Prefix(Keys.Orders), CoreJson.Default.OrderRecord, e => Log.Unreadable(_log, e.Message), cancellation))
        {
            if (order.Value.ExpiresAt() < oldest)
            {
                old.Add(new RowChange.Delete(Keys.Order(order.Value.Order.Id)!.Value, order.Version));
            }
        }

        foreach (var part in old.Chunk(CommitBounds.MaxRows))
        {
            await monitor.Table.CommitAsync(part, cancellation); // Lost: with the next round.
        }
    }

    /// <summary>From subject to subject: within each the oldest rows come last.</summary>
    private async Task RemoveAsync(Shard shard, string prefix, TimeSpan kept, CancellationToken cancellation)
    {
        var oldest = ReversedTicks.Of(monitor.Now - kept);
        await foreach (var subject in Subjects.ListAsync(monitor.Table, shard, prefix, key => Log.Unknown(_log, key), cancellation))
        {
            await Retention.RemoveAsync(monitor.Table, shard, subject with { From = subject.From + oldest }, Most, cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "an order is never removed: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "row {Key} is of no kind that this monitor writes, and stays")]
        public static partial void Unknown(ILogger log, RowKey key);
    }
}
