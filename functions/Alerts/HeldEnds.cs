using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// That something is over is not told before that it failed: it waits for whatever of its incident is to be tried again over the same channel, and for no longer
/// than that. Where that is refused or given up, the end is told.
/// </summary>
internal sealed partial class HeldEnds(Monitor monitor, string channel)
{
    /// <summary>So long at a time for what somebody sends at this moment.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(15);

    private readonly ILogger _log = monitor.Logs.CreateLogger<HeldEnds>();

    /// <summary>Tells of an end, and was in no message yet: one that was may have arrived already.</summary>
    public static bool CanWait(LedgerRow row) => row.Item.Value is { Message: null, Alert: { Incident: not null } alert } && AlertRouting.IsOver(alert);

    /// <summary>What is due, without the ends that are due later now.</summary>
    public async Task<List<LedgerRow>> LeaveOutAsync(List<LedgerRow> due, CancellationToken cancellation)
    {
        var known = due.Select(d => d.Key).ToHashSet();
        var held = await Task.WhenAll(due.Where(CanWait).GroupBy(d => d.Key.Shard).Select(ends => TryHoldAsync(ends.Key, [.. ends], known, cancellation)));
        var left = held.SelectMany(h => h).Select(h => h.Key).ToHashSet();
        return left.Count == 0 ? due : [.. due.Where(d => !left.Contains(d.Key))];
    }

    /// <summary>Where it cannot be read what they wait for, they stay due, and are not sent now.</summary>
    private async Task<List<LedgerRow>> TryHoldAsync(Shard shard, List<LedgerRow> ends, HashSet<RowKey> known, CancellationToken cancellation)
    {
        try
        {
            var until = await WaitingAsync(shard, [.. ends.Select(IncidentOf)], known, cancellation);
            var held = ends.Where(e => until.ContainsKey(IncidentOf(e))).ToList();
            foreach (var part in held.Chunk(CommitBounds.MaxRows))
            {
                await monitor.Table.CommitAsync(
                    [.. part.Select(e => new RowChange.Replace(AlertRows.Row(e.Key, e.Item.Value, until[IncidentOf(e)], e.Item.Version)))], cancellation); // Lost: somebody else has seen to them.
                Log.Held(_log, part.Length, channel);
            }

            return held;
        }
        catch (StorageUnavailableException e)
        {
            Log.ShardAway(_log, shard, channel, e.Message);
            return ends;
        }
    }

    /// <summary>The incidents of which something else is still to be tried and not due, with when it is.</summary>
    private async Task<Dictionary<string, DateTimeOffset>> WaitingAsync(Shard shard, HashSet<string> incidents, HashSet<RowKey> known, CancellationToken cancellation)
    {
        var (until, soon) = (new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal), monitor.Now + Moment);
        await foreach (var row in LedgerRows.ListAsync(monitor.Table, shard, channel, cancellation))
        {
            if (row is { Item.Value.Alert: { Incident: { } incident } alert } && incidents.Contains(incident) && !AlertRouting.IsOver(alert) && !known.Contains(row.Key))
            {
                var due = row.Item.Value.ClaimedBy is null && row.Due > monitor.Now ? row.Due : soon;
                until[incident] = until.TryGetValue(incident, out var before) && before > due ? before : due;
            }
        }

        return until;
    }

    private static string IncidentOf(LedgerRow end) => end.Item.Value.Alert!.Incident!;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} ends wait until it was told over {Channel} that it failed")]
        public static partial void Held(ILogger log, int count, string channel);

        [LoggerMessage(Level = LogLevel.Warning, Message = "ends in shard {Shard} over {Channel} wait: {Reason}")]
        public static partial void ShardAway(ILogger log, Shard shard, string channel, string reason);
    }
}
