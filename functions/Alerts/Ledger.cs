using System.Security.Cryptography;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The rows of alerts over one channel: claimed by compare-and-set before anything is sent, ended only by a record of what became of them. A claim
/// that ran out is the one case in which an alert may be sent twice, and it is counted.
/// </summary>
internal sealed partial class Ledger(Monitor monitor, string channel)
{
    /// <summary>Longer than an invocation may take.</summary>
    private static readonly TimeSpan ClaimFor = TimeSpan.FromMinutes(3);

    /// <summary>What cannot be read stays where it is, told again now and then.</summary>
    private static readonly TimeSpan AgainUnreadable = TimeSpan.FromHours(1);

    /// <summary>
    /// Rows of one shard that are put into order at once, more than go into a message: what comes first by its key need not be what happened first. Of 10,000
    /// nodes that fail at once a shard has some 600.
    /// </summary>
    private const int MostDue = 2_000;

    /// <summary>Rows in one commit: each ends as two, and may go on over another channel.</summary>
    private const int Part = CommitBounds.MaxRows / 3;

    private readonly ILogger _log = monitor.Logs.CreateLogger<Ledger>();

    /// <summary>All that is due now, oldest first.</summary>
    public async Task<List<LedgerRow>> DueAsync(CancellationToken cancellation)
    {
        var found = await Task.WhenAll(Shard.All.Select(s => TryDueAsync(s, cancellation)));
        var all = found.SelectMany(f => f).ToList();
        var times = new AlertTimes(all.Select(f => f.Item.Value.Alert!));
        return [.. all.OrderBy(f => times.Of(f.Item.Value.Alert!)).ThenBy(f => f.Item.Value.RoutedAt)];
    }

    /// <summary>What of it belongs into the next message: what was in one together before, or all that never was in one; no end whose beginning is in another.</summary>
    public List<LedgerRow> OneMessage(List<LedgerRow> due)
    {
        var message = due[0].Item.Value.Message;
        var others = due.Where(d => d.Item.Value.Message != message && !AlertRouting.IsOver(d.Item.Value.Alert!)).Select(d => d.Item.Value.Alert!.Incident).ToHashSet();
        return [.. due.Where(d => d.Item.Value.Message == message && !(HeldEnds.CanWait(d) && others.Contains(d.Item.Value.Alert!.Incident))).Take(monitor.Policy.Rules.GroupMost)];
    }

    /// <summary>The key under which they were tried before is theirs still only if they are all that is left of that message.</summary>
    /// <returns>Those that are ours; the others somebody else has.</returns>
    public async Task<List<ClaimedAlert>> ClaimAsync(List<LedgerRow> due, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var token = $"{monitor.Instance}:{Guid.NewGuid():n}";
        var before = due[0].Item.Value.Message is { } known && await IsAllOfAsync(known, due, cancellation) ? known : null;
        var message = before ?? MessageOf(due.Select(d => d.Item.Value.Alert!.Id));
        var claimed = await WriteAsync(due.Select(d => new ClaimedAlert(d.Key, d.Item)), Next, cancellation);
        if (claimed.Count > 0 && claimed.Count < due.Count)
        {
            claimed = await RenameAsync(claimed, now, cancellation);
        }

        var times = new AlertTimes(claimed.Select(c => c.Item.Value.Alert!));
        return [.. claimed.OrderBy(c => times.Of(c.Item.Value.Alert!)).ThenBy(c => c.Item.Value.RoutedAt)];

        OutboxItem Next(OutboxItem item) => item with
        {
            ClaimedBy = token,
            ClaimedUntil = now + ClaimFor,
            LostClaims = item.LostClaims + (item.ClaimedBy is null ? 0 : 1),
            Attempt = item.Attempt + 1,
            Message = message,
            MessageAt = before is null ? now : item.MessageAt ?? now,
        };
    }

    /// <summary>They are over over this channel.</summary>
    /// <param name="also">What goes into the same commit for each, two rows at most.</param>
    public async Task EndAsync(IReadOnlyCollection<ClaimedAlert> claimed, Func<OutboxItem, DeliveryRecord> record, Func<OutboxItem, IEnumerable<RowChange>> also, CancellationToken cancellation)
    {
        foreach (var shard in claimed.GroupBy(c => c.Key.Shard))
        {
            foreach (var part in shard.Chunk(Part))
            {
                if (await monitor.Table.CommitAsync([.. part.SelectMany(Rows)], cancellation) is not CommitResult.Committed)
                {
                    await EndEachAsync(part, Rows, cancellation);
                }
            }
        }

        IEnumerable<RowChange> Rows(ClaimedAlert c) => [new RowChange.Delete(c.Key, c.Item.Version), AlertRows.Ended(record(c.Item.Value)), .. also(c.Item.Value)];
    }

    /// <summary>They are due again then. Lost to a race, they are due when the claim runs out.</summary>
    public async Task PutBackAsync(IReadOnlyCollection<ClaimedAlert> claimed, Func<OutboxItem, DateTimeOffset> due, string? trouble, CancellationToken cancellation)
    {
        foreach (var shard in claimed.GroupBy(c => c.Key.Shard))
        {
            foreach (var part in shard.Chunk(CommitBounds.MaxRows))
            {
                await monitor.Table.CommitAsync([.. part.Select(Row)], cancellation);
            }
        }

        RowChange Row(ClaimedAlert c) => new RowChange.Replace(AlertRows.Row(
            c.Key, c.Item.Value with { ClaimedBy = null, ClaimedUntil = null, Trouble = trouble ?? c.Item.Value.Trouble }, due(c.Item.Value), c.Item.Version));
    }

    /// <summary>A message of one is known by its alert, one of many by all of them.</summary>
    private string MessageOf(IEnumerable<string> alerts) => alerts.Order(StringComparer.Ordinal).ToList() is var all && all is [var only]
        ? $"{only}:{channel}"
        : $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', all))).AsSpan(0, 12))}:{channel}";

    /// <summary>
    /// Whether nothing else of that message is still to be sent. What would go out later under the same key, its receiver would drop as a repeat of what goes out
    /// now: rather is a part told twice, under a key of its own. So it is also where some of the ledger cannot be read.
    /// </summary>
    private async Task<bool> IsAllOfAsync(string message, List<LedgerRow> due, CancellationToken cancellation)
    {
        var own = due.Select(d => d.Key).ToHashSet();
        return (await Task.WhenAll(Shard.All.Select(IsAllAsync))).All(all => all);

        async Task<bool> IsAllAsync(Shard shard)
        {
            try
            {
                return await LedgerRows.ListAsync(monitor.Table, shard, channel, cancellation).AllAsync(r => r is not null && (r.Item.Value.Message != message || own.Contains(r.Key)), cancellation);
            }
            catch (StorageUnavailableException)
            {
                return false;
            }
        }
    }

    /// <summary>The others of the message go out elsewhere, or later: these are a message of their own.</summary>
    private async Task<List<ClaimedAlert>> RenameAsync(List<ClaimedAlert> claimed, DateTimeOffset now, CancellationToken cancellation)
    {
        var message = MessageOf(claimed.Select(c => c.Item.Value.Alert!.Id));
        var renamed = await WriteAsync(claimed, item => item with { Message = message, MessageAt = now }, cancellation);
        return renamed.Count == claimed.Count ? renamed : []; // Due when the claim runs out.
    }

    /// <summary>What fails in one shard stops no other: its rows stay due.</summary>
    private async Task<List<LedgerRow>> TryDueAsync(Shard shard, CancellationToken cancellation)
    {
        try
        {
            return await DueAsync(shard, cancellation);
        }
        catch (StorageUnavailableException e)
        {
            Log.ShardAway(_log, shard, channel, e.Message);
            return [];
        }
    }

    private async Task<List<LedgerRow>> DueAsync(Shard shard, CancellationToken cancellation)
    {
        var found = new List<LedgerRow>();
        await foreach (var row in monitor.Table.DueAsync(shard, KeyRange.Prefix(Keys.LedgerOf(channel)), monitor.Now, MostDue, cancellation))
        {
            if (LedgerRows.TryRead(row, channel, e => Log.Unreadable(_log, e.Message)) is { } read)
            {
                found.Add(read);
            }
            else
            {
                await monitor.Table.CommitAsync([new RowChange.Replace(row with { Due = monitor.Now + AgainUnreadable })], cancellation);
            }
        }

        return found;
    }

    private async Task<List<ClaimedAlert>> WriteAsync(IEnumerable<ClaimedAlert> rows, Func<OutboxItem, OutboxItem> next, CancellationToken cancellation)
    {
        var written = new List<ClaimedAlert>();
        foreach (var shard in rows.GroupBy(r => r.Key.Shard))
        {
            foreach (var part in shard.Chunk(Part))
            {
                written.AddRange(await WriteAsync([.. part.Select(p => p with { Item = p.Item with { Value = next(p.Item.Value) } })], cancellation));
            }
        }

        return written;
    }

    /// <summary>All at once; where one of them was lost, each by itself.</summary>
    private async Task<List<ClaimedAlert>> WriteAsync(ClaimedAlert[] part, CancellationToken cancellation)
    {
        var rows = part.Select(p => AlertRows.Row(p.Key, p.Item.Value, p.Item.Value.ClaimedUntil!.Value, p.Item.Version)).ToList();
        if (await monitor.Table.CommitAsync([.. rows.Select(r => new RowChange.Replace(r))], cancellation) is CommitResult.Committed committed)
        {
            return [.. part.Select(p => p with { Item = p.Item with { Version = committed.Versions[p.Key] } })];
        }

        var written = new List<ClaimedAlert>();
        foreach (var (row, one) in rows.Zip(part))
        {
            if (await monitor.Table.CommitOneAsync(row, cancellation) is { } version)
            {
                written.Add(one with { Item = one.Item with { Version = version } });
            }
        }

        return written;
    }

    private async Task EndEachAsync(ClaimedAlert[] part, Func<ClaimedAlert, IEnumerable<RowChange>> rows, CancellationToken cancellation)
    {
        foreach (var one in part)
        {
            if (await monitor.Table.CommitAsync([.. rows(one)], cancellation) is not CommitResult.Committed && await monitor.Table.ReadAsync(one.Key, cancellation) is not null)
            {
                Log.NotRecorded(_log, one.Item.Value.Alert!.Id, channel);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "something is to be sent and cannot be: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "what is due in shard {Shard} over {Channel} waits: {Reason}")]
        public static partial void ShardAway(ILogger log, Shard shard, string channel, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "what became of alert {Alert} over {Channel} was not recorded, since its claim had run out or its incident changed meanwhile: it is due again, and may come twice")]
        public static partial void NotRecorded(ILogger log, string alert, string channel);
    }
}
