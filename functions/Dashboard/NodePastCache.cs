using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The past of nodes whose pages are looked at, read once a minute: a page that asks every five seconds does not read 90 days each time.</summary>
internal sealed class NodePastCache(Monitor monitor)
{
    private const int Most = 200;

    /// <summary>Of latency.</summary>
    private static readonly TimeSpan Drawn = TimeSpan.FromDays(7);

    private static readonly (string Name, TimeSpan Length, int Slices)[] Periods =
    [
        ("24 h", TimeSpan.FromHours(24), 48), ("7 d", TimeSpan.FromDays(7), 84), ("30 d", TimeSpan.FromDays(30), 60), ("90 d", TimeSpan.FromDays(90), 90),
    ];

    private readonly HistoryBook _book = new(monitor, new KeptMarks(monitor));
    private readonly ConcurrentDictionary<NodeId, (DateTimeOffset Minute, NodePastKept Kept)> _known = new();

    /// <summary>Null where it was not read in this minute.</summary>
    public NodePastKept? Find(NodeId node, DateTimeOffset now) => _known.TryGetValue(node, out var known) && known.Minute == MinuteOf(now) ? known.Kept : null;

    /// <returns>With it the newest of the node's history, as it is now.</returns>
    public async Task<(NodePastKept Kept, HistoryView? Newest)> ReadAsync(KnownNode node, DateTimeOffset now, CancellationToken cancellation)
    {
        var minute = MinuteOf(now);
        var (kept, newest) = await ReadAtAsync(node, minute, cancellation);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[node.Node.Id] = (minute, kept);
        return (kept, newest);
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    /// <summary>Once for all that is shown, side by side: over a network each range is a wait.</summary>
    private async Task<(NodePastKept Kept, HistoryView? Newest)> ReadAtAsync(KnownNode known, DateTimeOffset minute, CancellationToken cancellation)
    {
        var (node, first) = (known.Node, RollupSpan.Hour.FirstFrom(minute - Drawn));
        var hours = _book.BucketsAsync(node.Id, node, RollupSpan.Hour, first, minute, cancellation);
        var reading = _book.PastAsync(node.Id, known, minute - Periods.Max(p => p.Length), cancellation);
        await Task.WhenAll(hours, reading);
        if (await reading is not { } told)
        {
            return (new NodePastKept(null, null, []), null);
        }

        var past = new NodePastModel(
            [.. Periods.Select(p => new UptimePeriod(p.Name, told.Uptime(minute - p.Length, minute, p.Slices)))],
            [.. HistoryBook.Rollups(told.Past, await hours, RollupSpan.Hour, first, minute, minute).Reverse()]);
        return (new NodePastKept(past, NodePastKept.ProofOf(told.Past.Newest.Entries), told.Past.Orders), told.Past.Newest);
    }
}
