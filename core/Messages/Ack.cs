using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What the monitor tells an agent about its reports, signed with the monitor's key.</summary>
public sealed record Ack
{
    /// <summary>The agent it is for.</summary>
    public required NodeName Audience { get; init; }

    /// <summary>Unix seconds, by the monitor's clock.</summary>
    public required long IssuedAt { get; init; }

    /// <summary>Everything up to here is stored. An agent that reads a higher epoch than its own takes that epoch + 1.</summary>
    public required long Epoch { get; init; }

    public required long N { get; init; }

    /// <summary>
    /// The monitor's public keys as JWK texts, one or two, the one that signs first: so that a key can be replaced without visiting any agent. Null from a monitor
    /// that does not tell.
    /// </summary>
    public ImmutableArray<string>? MonitorKeys { get; init; }
}
