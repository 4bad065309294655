using System.Security.Cryptography;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Silences and maintenance: what operators do not want to hear of for a time. All lie in one shard, and there are few of them.</summary>
internal sealed class SilenceBook(Monitor monitor)
{
    /// <summary>Of those that have not ended.</summary>
    public const int MostLive = 200;

    /// <summary>With those that have ended and are still kept.</summary>
    public const int Most = 2_000;

    /// <summary>How long one that has ended is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int Tries = 5;

    private static readonly KeyRange All = KeyRange.Prefix(Keys.Silences);
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(monitor.Logs.CreateLogger<SilenceBook>());

    /// <summary>In no order.</summary>
    public async Task<List<Silence>> ListAsync(CancellationToken cancellation) => [.. (await ReadAsync(cancellation)).Select(s => s.Value)];

    /// <param name="silence">Its id is given here.</param>
    public async Task<SilenceWritten> AddAsync(Silence silence, CancellationToken cancellation)
    {
        silence = silence with { Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)) };
        var key = Keys.Silence(silence.Id);
        for (var tries = 0; tries < Tries; tries++)
        {
            var mark = await monitor.Table.ReadAsync(Keys.SilenceMark, cancellation);
            if (await monitor.Table.ReadAsync(key, cancellation) is not null)
            {
                return new SilenceWritten.Done(silence); // Ours, though the answer to the write was lost.
            }

            if (await FullAsync(cancellation) is { } full)
            {
                return full;
            }

            var marked = new Row { Key = Keys.SilenceMark, Doc = "{}", Version = mark?.Version };
            RowChange[] rows = [new RowChange.Insert(RowOf(silence)), mark is null ? new RowChange.Insert(marked) : new RowChange.Replace(marked)];
            if (await monitor.Table.CommitAsync(rows, cancellation) is CommitResult.Committed)
            {
                return new SilenceWritten.Done(silence);
            }
        }

        return new SilenceWritten.Raced();
    }

    /// <summary>Before its time; one that has not begun never does.</summary>
    public async Task<SilenceWritten> EndAsync(string id, string by, CancellationToken cancellation)
    {
        if (id.Length != 12 || !id.All(char.IsAsciiHexDigitLower))
        {
            return new SilenceWritten.Missing();
        }

        for (var tries = 0; tries < Tries; tries++)
        {
            if (await monitor.Table.ReadAsync(Keys.Silence(id), cancellation) is not { } row)
            {
                return new SilenceWritten.Missing();
            }

            var now = monitor.Now;
            var silence = Documents.Read(row, CoreJson.Default.Silence).Value;
            if (silence.Until <= now)
            {
                return new SilenceWritten.Conflict($"it has ended already, at {Words.Time(silence.Until)}{(silence.EndedBy is { } who ? $", by {who}" : "")}");
            }

            var ended = silence with { From = silence.From < now ? silence.From : now, Until = now, EndedBy = by };
            if (await monitor.Table.CommitOneAsync(RowOf(ended) with { Version = row.Version }, cancellation) is not null)
            {
                return new SilenceWritten.Done(ended);
            }
        }

        return new SilenceWritten.Raced();
    }

    /// <summary>Removes those that ended long enough ago. For the sweep; may run side by side.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveOldAsync(CancellationToken cancellation)
    {
        var oldest = monitor.Now - Kept;
        var removed = 0;
        foreach (var part in (await ReadAsync(cancellation)).Where(s => s.Value.Until < oldest).Chunk(CommitBounds.MaxRows))
        {
            // Lost: with the next round.
            removed += await monitor.Table.CommitAsync([.. part.Select(s => new RowChange.Delete(Keys.Silence(s.Value.Id), s.Version))], cancellation) is CommitResult.Committed
                ? part.Length
                : 0;
        }

        return removed;
    }

    private async Task<SilenceWritten.Conflict?> FullAsync(CancellationToken cancellation)
    {
        var all = await ReadAsync(cancellation);
        var live = all.Count(s => s.Value.Until > monitor.Now);
        return live >= MostLive ? new($"there are {live} silences that have not ended, and {MostLive} at most may be: end one, or let one match more")
            : all.Count >= Most ? new($"there are {all.Count} silences with those of the last {Kept.TotalDays:0} days, and {Most} at most are kept")
            : null;
    }

    private async Task<List<Stored<Silence>>> ReadAsync(CancellationToken cancellation)
    {
        var found = new List<Stored<Silence>>();
        await foreach (var row in monitor.Table.RangeAsync(Keys.SilenceMark.Shard, All, Most, cancellation))
        {
            if (Documents.TryRead(row, CoreJson.Default.Silence, _skipped) is { } silence)
            {
                found.Add(silence);
            }
        }

        return found;
    }

    private static Row RowOf(Silence silence) => new() { Key = Keys.Silence(silence.Id), Doc = JsonSerializer.Serialize(silence, CoreJson.Default.Silence) };
}
