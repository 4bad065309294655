namespace MoneroCloud.Core;

/// <summary>One line of a subject's history: a fact, a change of its health, or both.</summary>
public sealed record HistoryEntry
{
    /// <summary>When it happened: an agent's clock for what its host saw, the monitor's for its own probes.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Unique within the subject: <c>epoch.n</c> of an event, <c>epoch.s-number</c> of an observation, <c>p-ticks</c> of a probe, <c>o</c> and the
    /// id of an order, <c>x</c> of one that expired, <c>d-ticks</c> of the monitor's doubt in what it sees.
    /// </summary>
    public required string Place { get; init; }

    /// <summary>Null for a change that came from no event.</summary>
    public NodeFact? Fact { get; init; }

    public Transition? Transition { get; init; }

    /// <summary>What the monitor itself did with an order; null for all that the agent told.</summary>
    public OrderMark? Order { get; init; }
}
