using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// A node's past in numbers. Time in each state comes from transitions as long as these are kept, and from the days' roll-ups before that; checks and
/// latencies come from the roll-ups, and what is not in rows yet from the node's own record.
/// </summary>
/// <param name="marks">Null: read from the storage each time.</param>
internal sealed class HistoryBook(Monitor monitor, IMarks? marks = null)
{
    /// <summary>Parts into which a time may be divided.</summary>
    public const int MostSlices = 1_000;

    /// <summary>Roll-ups of one call.</summary>
    public const int MostRollups = 2_000;

    /// <summary>The longest time of one call.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3_700);

    private readonly PastReader _past = new(monitor, marks ?? new MarkReader(monitor));
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(monitor.Logs.CreateLogger<HistoryBook>());

    /// <summary>Null where nothing is known of such a node.</summary>
    /// <param name="to">After <paramref name="from"/>; what is to come is unknown.</param>
    /// <param name="slices">0 for none.</param>
    public async Task<UptimeView?> UptimeAsync(NodeId node, DateTimeOffset from, DateTimeOffset to, int slices, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to - from, Longest);
        ArgumentOutOfRangeException.ThrowIfNegative(slices);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slices, MostSlices);
        return await PastAsync(node, null, from, cancellation) is { } past ? past.Uptime(from, to, slices) : null;
    }

    /// <summary>All that uptime from a moment on is told by, for several questions. Null where nothing is known of such a node.</summary>
    /// <param name="known">Null where nobody has read it.</param>
    public async Task<ToldPast?> PastAsync(NodeId node, KnownNode? known, DateTimeOffset from, CancellationToken cancellation)
    {
        if (await _past.ReadAsync(node, known, from, cancellation) is not { } past)
        {
            return null;
        }

        var days = from < past.ExactFrom ? await BucketsAsync(node, past.Node, RollupSpan.Day, RollupSpan.Day.StartOf(from), past.ExactFrom, cancellation) : [];
        return new ToldPast(node, past, days);
    }

    /// <summary>
    /// Newest first: each hour or day that began from <paramref name="from"/> to before <paramref name="to"/>, back to the first of which anything is known. What runs is
    /// among them, as far as it has come. Null where nothing is known of such a node.
    /// </summary>
    /// <param name="oldest">The whole of what is asked for begins there, of which this is a page: whether older hours or days than those of this page are known is told, too.</param>
    public async Task<(ImmutableArray<RollupView> Rollups, bool Older)?> RollupsAsync(
        NodeId node, RollupSpan span, DateTimeOffset from, DateTimeOffset to, DateTimeOffset oldest, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var (first, end) = (span.FirstFrom(from), to < now ? to : now);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((end - first) / span.Length(), MostRollups, nameof(to));
        if (await _past.ReadAsync(node, null, first, cancellation) is not { } past)
        {
            return null;
        }

        var older = span.FirstFrom(oldest) < first && (past.Older || await IsKnownAsync(node, span, oldest, first, cancellation));
        return (Rollups(past, await BucketsAsync(node, past.Node, span, first, end, cancellation), span, first, end, now, whole: older), older);
    }

    /// <summary>The same of what is read already.</summary>
    /// <param name="first">The begin of an hour or day.</param>
    /// <param name="whole">Also those before the first of which anything is known: older ones are.</param>
    public static ImmutableArray<RollupView> Rollups(
        NodePast past, IReadOnlyDictionary<DateTimeOffset, RollupBucket> buckets, RollupSpan span, DateTimeOffset first, DateTimeOffset end, DateTimeOffset now, bool whole = false)
    {
        var length = span.Length();
        var views = new List<RollupView>();
        var known = 0;
        for (var start = end > first ? span.StartOf(end - TimeSpan.FromTicks(1)) : first - length; start >= first; start -= length)
        {
            var bucket = buckets.GetValueOrDefault(start);
            var until = start + length < now ? start + length : now;
            var times = start >= past.ExactFrom ? past.Line.Between(start, until) : (bucket ?? new RollupBucket { Start = 0, Began = 0 }).Times(until - start);
            views.Add(RollupView.Of(span, start, bucket, times));
            known = !whole && bucket is null && times.Unknown == times.Total ? known : views.Count;
        }

        return [.. views.Take(known)];
    }

    /// <summary>Those of rows and those that wait for theirs; parts of one hour or day together.</summary>
    /// <param name="node">Read before: what waits in it is in a row soon after, and is then found there.</param>
    public async Task<Dictionary<DateTimeOffset, RollupBucket>> BucketsAsync(
        NodeId id, NodeRecord? node, RollupSpan span, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var parts = new Dictionary<(long Start, long Began, long Number), RollupBucket>();
        foreach (var bucket in node?.Rollups?.Parts(span).Where(b => b.From >= from && b.From < to) ?? [])
        {
            parts[(bucket.Start, bucket.Began, bucket.Number)] = bucket;
        }

        await foreach (var row in monitor.Table.RangeAsync(Shard.Of(id.ToString()), Range(id, span, from, to), int.MaxValue, cancellation))
        {
            foreach (var bucket in RollupRows.Read(row, span, _skipped).Where(b => b.From >= from && b.From < to))
            {
                parts[(bucket.Start, bucket.Began, bucket.Number)] = bucket; // Written since the node was read: it is the same.
            }
        }

        return parts.Values.GroupBy(b => b.From).ToDictionary(g => g.Key, g => g.Aggregate((one, other) => one.Plus(other)));
    }

    private async Task<bool> IsKnownAsync(NodeId id, RollupSpan span, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        await foreach (var row in monitor.Table.RangeAsync(Shard.Of(id.ToString()), Range(id, span, from, to), span == RollupSpan.Day ? 1 : int.MaxValue, cancellation))
        {
            if (span == RollupSpan.Day || RollupRows.Read(row, span, _skipped).Any(b => b.From >= from && b.From < to))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The rows in which they stand: of hours, those of their days.</summary>
    private static KeyRange Range(NodeId id, RollupSpan span, DateTimeOffset from, DateTimeOffset to)
    {
        var prefix = Keys.RollupsOf(id, span);
        return new KeyRange($"{prefix}{ReversedTicks.Of(to)}}}", $"{prefix}{ReversedTicks.Of(RollupSpan.Day.StartOf(from))}}}"); // '}' comes after '|'.
    }
}
