using System.Collections.Concurrent;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The daemons of the whole fleet, by which one of them is compared. Each tick writes a row a shard with what is stored of that shard's daemons;
/// the 16 rows are read again when a daemon is to be judged and half a tick has passed. What this process has seen itself since is younger
/// and counts. What is too old is dropped; the comparison itself looks at the age once more.
/// </summary>
internal sealed class KnownDaemons : IDisposable
{
    /// <summary>Of one shard; a fleet has 16.</summary>
    private const int Most = 64;

    private readonly ConcurrentDictionary<NodeId, DaemonSeen> _seen = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private DateTimeOffset _readAt;

    public IReadOnlyCollection<DaemonSeen> All => [.. _seen.Values];

    /// <summary>Takes in what is known of a daemon by now; of another node nothing.</summary>
    public void Note(NodeRecord node)
    {
        if (DaemonSeen.Of(node) is { } seen)
        {
            Note(seen);
        }
    }

    /// <summary>The row of a shard after its tick; null when it has no daemons. An older row is left to age.</summary>
    public static RowChange? Row(Shard shard, IEnumerable<NodeRecord> nodes)
    {
        var daemons = nodes.Select(DaemonSeen.Of).OfType<DaemonSeen>().OrderByDescending(d => d.At).ThenBy(d => d.Id.ToString(), StringComparer.Ordinal).Take(Most);
        var document = new ShardDaemons { Daemons = [.. daemons] };
        return document.Daemons.IsEmpty ? null : new RowChange.Put(new Row
        {
            Key = Keys.Daemons(shard),
            Doc = JsonSerializer.Serialize(document, MonitorJson.Default.ShardDaemons),
        });
    }

    /// <summary>Reads what other processes and earlier ticks have found, at most every half a tick.</summary>
    public async Task RefreshAsync(Monitor monitor, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            // A clock that was set back must not keep it from reading for ever.
            var (now, period) = (monitor.Now, monitor.Policy.ProbePeriod / 2);
            if (now - _readAt < period && now >= _readAt)
            {
                return;
            }

            foreach (var daemons in await Task.WhenAll(Shard.All.Select(s => ReadAsync(monitor, s, cancellation))))
            {
                foreach (var daemon in daemons?.Value.Daemons ?? [])
                {
                    Note(daemon);
                }
            }

            Forget(now - monitor.Policy.Diagnosis.HostEvidenceLimit);
            _readAt = now;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>A row that cannot be read is written anew by the next tick.</summary>
    private static Task<Stored<ShardDaemons>?> ReadAsync(Monitor monitor, Shard shard, CancellationToken cancellation) =>
        monitor.Table.FindOrRenewAsync(Keys.Daemons(shard), MonitorJson.Default.ShardDaemons, () => new ShardDaemons(), _ => { }, cancellation);

    private void Note(DaemonSeen seen) => _seen.AddOrUpdate(seen.Id, seen, (_, known) => known.At > seen.At ? known : seen);

    private void Forget(DateTimeOffset before)
    {
        foreach (var old in _seen.Values.Where(d => d.At < before))
        {
            _seen.TryRemove(KeyValuePair.Create(old.Id, old));
        }
    }
}
