namespace MoneroCloud.Core;

/// <summary>What is to be judged, and where it stands.</summary>
/// <param name="Host">What the host saw; null where nobody on the host looked.</param>
/// <param name="At">By the observer's clock.</param>
internal sealed record Judgement(HostEvidence? Host, DateTimeOffset At, string Place, Repeats Repeats)
{
    /// <summary>The condition of the agent's row; null where there is none.</summary>
    public Condition? Row { get; init; }

    /// <summary>The event it comes from; null for an observation.</summary>
    public NodeFact? Fact { get; init; }

    /// <summary>The monitor's own probe, with what the host last said beside it.</summary>
    public bool IsProbe { get; init; }

    public bool Expected { get; init; }

    /// <summary>The breaker has opened; null else.</summary>
    public NodeFact.BreakerOpened? Opened { get; init; }
}
