namespace MoneroCloud.Core;

/// <summary>One node in a report: what it is, and the newest that was seen of it.</summary>
public sealed record ReportedNode
{
    public required NodeInventory Inventory { get; init; }

    /// <summary>Null before the first observation of this life of the agent.</summary>
    public ObservedEvidence? Seen { get; init; }

    /// <summary>The living process; null when there is none.</summary>
    public ProcessIdentity? Identity { get; init; }

    /// <summary>The process machine's phase: stopped, starting, running, stopping, waiting to start, breaker open.</summary>
    public string? Phase { get; init; }

    /// <summary>Null while it is closed.</summary>
    public BreakerStanding? Breaker { get; init; }

    /// <summary>Starts after the first, in this life of the agent.</summary>
    public int Restarts { get; init; }
}
