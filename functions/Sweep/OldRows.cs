using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Removes history, roll-ups, deliveries, orders and the record of deeds that have been kept long enough, also of subjects that are gone; one shard a minute, so much a time.</summary>
internal sealed partial class OldRows(Monitor monitor)
{
    /// <summary>Rows of one subject that one run removes.</summary>
    private const int Most = 1_000;

    /// <summary>Orders of one shard that one run looks at.</summary>
    private const int MostOrders = 5_000;

    /// <summary>From when it expired: long enough for whoever waits for the answer.</summary>
    private static readonly TimeSpan ChecksKept = TimeSpan.FromHours(1);

    private readonly ILogger _log = monitor.Logs.CreateLogger<OldRows>();
    private readonly SilenceBook _silences = new(monitor);

    /// <summary>Where the next run goes on in each shard; null: at the beginning.</summary>
    private readonly string?[] _orders = new string?[Shard.Count];

    private long _minute;

    public async Task<bool> SweepAsync(CancellationToken cancellation)
    {
        var minute = monitor.Now.ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref _minute, minute) == minute)
        {
            return false;
        }

        var shard = new Shard((int)(minute % Shard.Count));
        await RemoveAsync(shard, Keys.AllHistory, monitor.Policy.TransitionsKept, cancellation);
        await RemoveAsync(shard, Keys.AllDeliveries, monitor.Policy.HistoryKept, cancellation);
        await RemoveAsync(shard, Keys.AllPlaced, monitor.Policy.HistoryKept, cancellation);

        // A row holds all hours of a day: it goes when the last of them is old enough.
        await RemoveAsync(shard, Keys.AllHours, monitor.Policy.HoursKept + RollupSpan.Day.Length(), cancellation);
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

    /// <summary>Their keys have no time: so many are looked at, and with the shard's next turn those that follow. What was found is removed before more is read.</summary>
    private async Task RemoveOrdersAsync(Shard shard, CancellationToken cancellation)
    {
        var all = KeyRange.Prefix(Keys.Orders);
        var (looked, old) = (0, new List<RowChange>());
        await foreach (var row in monitor.Table.RangeAsync(shard, all with { From = _orders[shard.Number] ?? all.From }, MostOrders, cancellation))
        {
            looked++;
            if (Documents.TryRead(row, CoreJson.Default.OrderRecord, e => Log.Unreadable(_log, e.Message)) is { Value: var order } && IsOld(order))
            {
                old.Add(new RowChange.Delete(row.Key, row.Version));
            }

            if (old.Count == CommitBounds.MaxRows)
            {
                await monitor.Table.CommitAsync(old, cancellation); // Lost: with the next round.
                old.Clear();
            }

            _orders[shard.Number] = row.Key.Key + '\0';
        }

        if (old.Count > 0)
        {
            await monitor.Table.CommitAsync(old, cancellation);
        }

        if (looked < MostOrders)
        {
            _orders[shard.Number] = null;
        }
    }

    /// <summary>What a check found is its answer, which whoever ordered it has: there are many, and they are in no history.</summary>
    private bool IsOld(OrderRecord order) => order.ExpiresAt() < monitor.Now - (order.Order.Verb == OrderVerb.Check ? ChecksKept : monitor.Policy.HistoryKept);

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
