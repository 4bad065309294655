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

    private readonly HistoryBook _book = new(monitor);
    private readonly ConcurrentDictionary<NodeId, (DateTimeOffset Minute, NodePastModel? Past)> _known = new();

    /// <summary>Null where nothing is known of its past.</summary>
    public async Task<NodePastModel?> ReadAsync(NodeRecord node, DateTimeOffset now, CancellationToken cancellation)
    {
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (_known.TryGetValue(node.Id, out var known) && known.Minute == minute)
        {
            return known.Past;
        }

        var past = await ReadAtAsync(node, minute, cancellation);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[node.Id] = (minute, past);
        return past;
    }

    /// <summary>Once for all that is shown, side by side: over a network each range is a wait.</summary>
    private async Task<NodePastModel?> ReadAtAsync(NodeRecord node, DateTimeOffset minute, CancellationToken cancellation)
    {
        var first = RollupSpan.Hour.FirstFrom(minute - Drawn);
        var hours = _book.BucketsAsync(node.Id, node, RollupSpan.Hour, first, minute, cancellation);
        var reading = _book.PastAsync(node.Id, node, minute - Periods.Max(p => p.Length), cancellation);
        await Task.WhenAll(hours, reading);
        return await reading is { } told
            ? new NodePastModel(
                [.. Periods.Select(p => new UptimePeriod(p.Name, told.Uptime(minute - p.Length, minute, p.Slices)))],
                [.. HistoryBook.Rollups(told.Past, await hours, RollupSpan.Hour, first, minute, minute).Reverse()])
            : null;
    }
}
