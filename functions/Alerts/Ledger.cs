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

    /// <summary>Rows in one commit: each ends as two, and may go on over another channel.</summary>
    private const int Part = CommitBounds.MaxRows / 3;

    private readonly ILogger _log = monitor.Logs.CreateLogger<Ledger>();

    /// <summary>All that is due now, as far as it goes into one message; oldest first.</summary>
    public async Task<List<(Row Row, Stored<OutboxItem> Item)>> DueAsync(CancellationToken cancellation)
    {
        var most = monitor.Policy.Rules.GroupMost;
        var found = await Task.WhenAll(Shard.All.Select(s => TryDueAsync(s, most, cancellation)));
        var all = found.SelectMany(f => f).ToList();
        var times = new AlertTimes(all.Select(f => f.Item.Value.Alert!));
        return [.. all.OrderBy(f => times.Of(f.Item.Value.Alert!)).ThenBy(f => f.Item.Value.RoutedAt)];
    }

    /// <summary>What of it belongs into the next message: what was in one together before, or all that never was in one.</summary>
    public List<(Row Row, Stored<OutboxItem> Item)> OneMessage(List<(Row Row, Stored<OutboxItem> Item)> due)
    {
        var message = due[0].Item.Value.Message;
        return [.. due.Where(d => d.Item.Value.Message == message).Take(monitor.Policy.Rules.GroupMost)];
    }

    /// <returns>Those that are ours; the others somebody else has.</returns>
    public async Task<List<ClaimedAlert>> ClaimAsync(List<(Row Row, Stored<OutboxItem> Item)> due, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var token = $"{monitor.Instance}:{Guid.NewGuid():n}";
        var message = due[0].Item.Value.Message ?? MessageOf(due.Select(d => d.Item.Value.Alert!.Id));
        var claimed = new List<ClaimedAlert>();
        foreach (var shard in due.GroupBy(d => d.Row.Key.Shard))
        {
            foreach (var part in shard.Chunk(Part))
            {
                claimed.AddRange(await ClaimAsync([.. part.Select(d => (d.Row, Next(d.Item.Value)))], cancellation));
            }
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
            MessageAt = item.MessageAt ?? now,
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
    private string MessageOf(IEnumerable<string> alerts) => alerts.ToList() is [var only]
        ? $"{only}:{channel}"
        : $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', alerts))).AsSpan(0, 12))}:{channel}";

    /// <summary>What fails in one shard stops no other: its rows stay due.</summary>
    private async Task<List<(Row Row, Stored<OutboxItem> Item)>> TryDueAsync(Shard shard, int most, CancellationToken cancellation)
    {
        try
        {
            return await DueAsync(shard, most, cancellation);
        }
        catch (StorageUnavailableException e)
        {
            Log.ShardAway(_log, shard, channel, e.Message);
            return [];
        }
    }

    private async Task<List<(Row Row, Stored<OutboxItem> Item)>> DueAsync(Shard shard, int most, CancellationToken cancellation)
    {
        var found = new List<(Row, Stored<OutboxItem>)>();
        await foreach (var row in monitor.Table.DueAsync(shard, KeyRange.Prefix(Keys.LedgerOf(channel)), monitor.Now, most, cancellation))
        {
            if (Documents.TryRead(row, MonitorJson.Default.OutboxItem, e => Log.Unreadable(_log, e.Message)) is { Value: { Alert: not null } value } item && value.Channel == channel)
            {
                found.Add((row, item));
            }
            else
            {
                await monitor.Table.CommitAsync([new RowChange.Replace(row with { Due = monitor.Now + AgainUnreadable })], cancellation);
            }
        }

        return found;
    }

    /// <summary>All at once; where one of them was lost, each by itself.</summary>
    private async Task<List<ClaimedAlert>> ClaimAsync(List<(Row Row, OutboxItem Next)> part, CancellationToken cancellation)
    {
        var rows = part.Select(p => AlertRows.Row(p.Row.Key, p.Next, p.Next.ClaimedUntil!.Value, p.Row.Version)).ToList();
        if (await monitor.Table.CommitAsync([.. rows.Select(r => new RowChange.Replace(r))], cancellation) is CommitResult.Committed committed)
        {
            return [.. part.Select(p => new ClaimedAlert(p.Row.Key, new Stored<OutboxItem>(p.Next, committed.Versions[p.Row.Key])))];
        }

        var claimed = new List<ClaimedAlert>();
        foreach (var (row, (_, next)) in rows.Zip(part))
        {
            if (await monitor.Table.CommitOneAsync(row, cancellation) is { } version)
            {
                claimed.Add(new ClaimedAlert(row.Key, new Stored<OutboxItem>(next, version)));
            }
        }

        return claimed;
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
