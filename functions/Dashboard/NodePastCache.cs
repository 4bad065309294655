using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The past of nodes whose pages are looked at, read once a minute: a page that asks every five seconds does not read 90 days each time.</summary>
internal sealed class NodePastCache(Monitor monitor)
{
    private const int Most = 200;

    private static readonly (string Name, TimeSpan Length, int Slices)[] Periods =
    [
        ("24 h", TimeSpan.FromHours(24), 48), ("7 d", TimeSpan.FromDays(7), 84), ("30 d", TimeSpan.FromDays(30), 60), ("90 d", TimeSpan.FromDays(90), 90),
    ];

    private readonly HistoryBook _book = new(monitor);
    private readonly ConcurrentDictionary<NodeId, (DateTimeOffset Minute, NodePastModel? Past)> _known = new();

    /// <summary>Null where nothing is known of its past.</summary>
    public async Task<NodePastModel?> ReadAsync(NodeId node, DateTimeOffset now, CancellationToken cancellation)
    {
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (_known.TryGetValue(node, out var known) && known.Minute == minute)
        {
            return known.Past;
        }

        var past = await ReadAtAsync(node, minute, cancellation);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[node] = (minute, past);
        return past;
    }

    private async Task<NodePastModel?> ReadAtAsync(NodeId node, DateTimeOffset minute, CancellationToken cancellation)
    {
        var hours = _book.RollupsAsync(node, RollupSpan.Hour, minute - TimeSpan.FromDays(7), minute, cancellation);
        var views = await Task.WhenAll(Periods.Select(p => _book.UptimeAsync(node, minute - p.Length, minute, p.Slices, cancellation)));
        return views.Any(v => v is null) || await hours is not { } rollups
            ? null
            : new NodePastModel([.. Periods.Zip(views, (p, v) => new UptimePeriod(p.Name, v!))], [.. rollups.Reverse()]);
    }
}
