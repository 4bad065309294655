using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The open incidents of one shard, for who needs many of them at once: one range instead of a read each. Each is given out once and only to be changed under its
/// version; who has lost the race for it reads it himself.
/// </summary>
internal sealed class ShardIncidents(Monitor monitor)
{
    /// <summary>For fewer, each is read by itself.</summary>
    private const int Worth = 16;

    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(monitor.Logs.CreateLogger<ShardIncidents>());
    private readonly ConcurrentDictionary<string, Stored<Incident>> _known = new(StringComparer.Ordinal);
    private Shard? _shard;

    /// <param name="needed">So many are going to be asked for.</param>
    public async Task PrepareAsync(Shard shard, int needed, CancellationToken cancellation)
    {
        if (needed < Worth || _shard == shard)
        {
            return;
        }

        _known.Clear();
        _shard = shard;
        await foreach (var incident in monitor.Table.ListReadableAsync(shard, KeyRange.Prefix(Keys.OpenIncidents), CoreJson.Default.Incident, _skipped, cancellation))
        {
            _known[incident.Value.Subject] = incident;
        }
    }

    /// <summary>Null where it is not known here, whether there is one or not.</summary>
    public Stored<Incident>? Take(string subject) => _known.TryRemove(subject, out var incident) ? incident : null;
}
