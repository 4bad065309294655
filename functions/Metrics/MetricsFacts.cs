namespace MoneroCloud.Functions;

/// <summary>All that metrics tell of, read at one moment.</summary>
/// <param name="Stale">The timer has left out a shard for too long.</param>
internal sealed record MetricsFacts(FleetSnapshot Fleet, StoredFacts Stored, bool Stale);
