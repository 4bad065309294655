namespace MoneroCloud.Functions;

/// <summary>Shards that nobody has probed for long: where each has a tick of its own, the timer alone would go on well over them.</summary>
internal sealed class StaleShards(Monitor monitor)
{
    private readonly DateTimeOffset _startedAt = monitor.Now;

    /// <returns>Null when all are fresh, as the health has it.</returns>
    public async Task<string?> FindAsync(CancellationToken cancellation)
    {
        var summaries = await Task.WhenAll(Shard.All.Select(s => Summaries.FindAsync(monitor.Table, s, cancellation)));
        var stale = summaries.Count(s => FleetHealth.IsStale(s?.Value.TickedAt, monitor.Policy.ProbePeriod, _startedAt, monitor.Now));
        return stale == 0 ? null : $"{stale} of {Shard.Count} shards have not been probed for {FleetHealth.StalePeriods} periods";
    }
}
