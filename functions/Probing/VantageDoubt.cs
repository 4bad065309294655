using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>The monitor's doubt in what it sees, for as long as it lasts.</summary>
internal sealed record VantageDoubt
{
    public DateTimeOffset Since { get; set; }

    /// <summary>The last tick that was in doubt.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>
    /// When each shard's last tick was that was in doubt. A large fleet has a tick a shard, so it lasts until none is left: one that sees well, or
    /// sees nothing at all, says nothing about the others.
    /// </summary>
    public ImmutableSortedDictionary<int, DateTimeOffset> Shards { get; set; } = ImmutableSortedDictionary<int, DateTimeOffset>.Empty;

    /// <summary>The alert on the monitor itself, and when it may be sent.</summary>
    public string AlertId { get; set; } = "";

    public DateTimeOffset Due { get; set; }

    public VantageDoubt With(IEnumerable<Shard> shards, DateTimeOffset now) =>
        this with { LastAt = now, Shards = Shards.SetItems(shards.Select(s => KeyValuePair.Create(s.Number, now))) };

    /// <summary>Without those whose tick was not in doubt, and without those that have not had one for two periods.</summary>
    public VantageDoubt Without(IEnumerable<Shard> shards, TimeSpan period, DateTimeOffset now) =>
        this with { Shards = Shards.RemoveRange(shards.Select(s => s.Number)).RemoveRange(Shards.Where(s => now - s.Value > 2 * period).Select(s => s.Key)) };
}
