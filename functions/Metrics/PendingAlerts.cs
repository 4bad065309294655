using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The outbox of one shard, counted.</summary>
internal sealed class PendingAlerts
{
    private readonly Dictionary<(string Channel, AlertStatus Status), int> _counts = [];
    private readonly Dictionary<string, DateTimeOffset> _oldest = new(StringComparer.Ordinal);
    private int _unrouted;

    public bool Truncated { get; set; }

    public void Add(OutboxItem item)
    {
        if (item.Channel is not { } channel)
        {
            _unrouted += item.Alert is null ? 0 : 1;
            return;
        }

        var key = (channel, StatusOf(item));
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
        if (item.RoutedAt is { } at && !(_oldest.GetValueOrDefault(channel, DateTimeOffset.MaxValue) <= at))
        {
            _oldest[channel] = at;
        }
    }

    public static AlertStatus StatusOf(OutboxItem item) =>
        item.ClaimedUntil is not null ? AlertStatus.Claimed : item.Trouble is not null ? AlertStatus.Deferred : AlertStatus.Pending;

    public static StoredFacts Sum(IReadOnlyCollection<PendingAlerts> shards, StoredFacts into) => into with
    {
        Unrouted = shards.Sum(s => s._unrouted),
        Pending = shards.SelectMany(s => s._counts).GroupBy(c => c.Key).ToImmutableDictionary(g => g.Key, g => g.Sum(c => c.Value)),
        Oldest = shards.SelectMany(s => s._oldest).GroupBy(o => o.Key).ToImmutableDictionary(g => g.Key, g => g.Min(o => o.Value)),
        Truncated = into.Truncated || shards.Any(s => s.Truncated),
    };
}
