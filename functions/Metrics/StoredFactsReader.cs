using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Reads what is counted beside the fleet: one bounded range a shard, and a few rows of the monitor's own. A row that cannot be read hides no other.</summary>
internal sealed class StoredFactsReader(Monitor monitor)
{
    /// <summary>Rows of one shard's outbox.</summary>
    private const int MostPending = 2_000;

    /// <summary>Channels that were ever used.</summary>
    private const int MostChannels = 200;

    /// <summary>A queue and a reason each: both are from closed lists.</summary>
    private const int MostRefusals = 200;

    private static readonly Shard Own = Shard.Of(NodeId.Monitor);
    private readonly ITable _table = monitor.Table;
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(monitor.Logs.CreateLogger<StoredFactsReader>());

    public async Task<StoredFacts> ReadAsync(CancellationToken cancellation)
    {
        var now = monitor.Now;
        var pending = Task.WhenAll(Shard.All.Select(s => PendingAsync(s, cancellation)));
        var refusals = Task.WhenAll(RefusalShards().Select(s => RefusalsAsync(s, cancellation)));
        var channels = ChannelsAsync(cancellation);
        var silences = new SilenceBook(monitor).ListAsync(cancellation);
        var doubt = _table.ReadAsync(Keys.Doubt, cancellation);
        await Task.WhenAll(pending, refusals, channels, silences, doubt);
        return PendingAlerts.Sum(await pending, new StoredFacts
        {
            ReadAt = now,
            Channels = await channels,
            Refusals = [.. (await refusals).SelectMany(r => r).OrderBy(r => r.Queue, StringComparer.Ordinal).ThenBy(r => r.Reason, StringComparer.Ordinal)],
            Silences = [.. await silences],
            Doubt = await doubt is not null,
        });
    }

    private static IEnumerable<Shard> RefusalShards() => new[] { Names.ReportsQueue, Names.AlertsQueue, Names.ProbeShardsQueue }.Select(Shard.Of).Distinct();

    private async Task<PendingAlerts> PendingAsync(Shard shard, CancellationToken cancellation)
    {
        var pending = new PendingAlerts();
        var rows = 0;
        await foreach (var row in _table.RangeAsync(shard, KeyRange.Prefix(Keys.Outbox), MostPending + 1, cancellation))
        {
            if (++rows > MostPending)
            {
                pending.Truncated = true;
            }
            else if (Documents.TryRead(row, MonitorJson.Default.OutboxItem, _skipped) is { Value: var item })
            {
                pending.Add(item);
            }
        }

        return pending;
    }

    private async Task<List<Refusal>> RefusalsAsync(Shard shard, CancellationToken cancellation)
    {
        var found = new List<Refusal>();
        await foreach (var row in _table.RangeAsync(shard, KeyRange.Prefix(Keys.Refusals), MostRefusals, cancellation))
        {
            if (Documents.TryRead(row, MonitorJson.Default.Refusal, _skipped) is { Value: var refusal })
            {
                found.Add(refusal);
            }
        }

        return found;
    }

    private async Task<ImmutableSortedDictionary<string, ChannelStanding>> ChannelsAsync(CancellationToken cancellation)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, ChannelStanding>(StringComparer.Ordinal);
        await foreach (var row in _table.RangeAsync(Own, KeyRange.Prefix(Keys.Channels), MostChannels, cancellation))
        {
            if (Documents.TryRead(row, MonitorJson.Default.ChannelStanding, _skipped) is { Value: var standing })
            {
                found[row.Key.Key[Keys.Channels.Length..]] = standing;
            }
        }

        return found.ToImmutable();
    }
}
