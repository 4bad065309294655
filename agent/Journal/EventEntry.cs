using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One line of the agent's event list: a numbered fact, or a transition of the agent's own view (which reports never carry).</summary>
internal sealed record EventEntry
{
    /// <summary>Null for what concerns the agent as a whole.</summary>
    public NodeName? Node { get; init; }

    public required DateTimeOffset At { get; init; }

    public long? Epoch { get; init; }

    public long? N { get; init; }

    public NodeFact? Fact { get; init; }

    public Transition? Transition { get; init; }
}
