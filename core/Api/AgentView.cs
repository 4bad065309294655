using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>An agent as the API shows it.</summary>
public sealed record AgentView
{
    public required string Name { get; init; }

    /// <summary>It has said nothing for several of its periods: its nodes are unknown.</summary>
    public required bool Silent { get; init; }

    /// <summary>When that was noticed.</summary>
    public DateTimeOffset? SilentSince { get; init; }

    /// <summary>When its newest report was made, by its own clock; null before the first.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>When it arrived, by the monitor's clock.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    public long? ReportAgeSeconds { get; init; }

    /// <summary>How far its clock is ahead of the monitor's.</summary>
    public double? SkewSeconds { get; init; }

    public required int PeriodSeconds { get; init; }

    /// <summary>Of its program.</summary>
    public string? Version { get; init; }

    /// <summary>The ids of the nodes it declares.</summary>
    public required ImmutableArray<string> Nodes { get; init; }

    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary>The role that enrolled it.</summary>
    public required string EnrolledBy { get; init; }

    /// <summary>RFC 7638 thumbprints of its public keys that are valid now.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>It takes orders by each of the monitor's keys; null before it told.</summary>
    public bool? TrustsAllKeys { get; init; }

    public required long Epoch { get; init; }

    /// <summary>The number of its newest report within the epoch.</summary>
    public required long Report { get; init; }
}
