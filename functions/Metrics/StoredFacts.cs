using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is counted beside nodes, agents, incidents and shards, as it is stored.</summary>
internal sealed record StoredFacts
{
    /// <summary>When the reading began.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    public int Unrouted { get; init; }

    public ImmutableDictionary<(string Channel, AlertStatus Status), int> Pending { get; init; } = ImmutableDictionary<(string, AlertStatus), int>.Empty;

    /// <summary>When what waits longest for a channel was given to it.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Oldest { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    public ImmutableSortedDictionary<string, ChannelStanding> Channels { get; init; } = ImmutableSortedDictionary<string, ChannelStanding>.Empty;

    public ImmutableArray<Refusal> Refusals { get; init; } = [];

    public ImmutableArray<Silence> Silences { get; init; } = [];

    public bool Doubt { get; init; }

    /// <summary>More is pending than was read.</summary>
    public bool Truncated { get; init; }
}
