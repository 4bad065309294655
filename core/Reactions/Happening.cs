namespace MoneroCloud.Core;

/// <summary>One change of a node's health as the reactions read it.</summary>
internal sealed record Happening
{
    public required NodeRecord Before { get; init; }

    /// <summary>Null when neither state nor condition changed.</summary>
    public required Transition? Transition { get; init; }

    public required Diagnosis Diagnosis { get; init; }

    /// <summary>Where it stands in the history: what its alerts' ids are made from.</summary>
    public required string Place { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The agent itself had asked the process to stop.</summary>
    public bool Expected { get; init; }

    /// <summary>The breaker has opened: nobody brings the node back within the grace. Null else.</summary>
    public NodeFact.BreakerOpened? Opened { get; init; }

    public bool Stays => Opened is not null;

    /// <summary>The node's host has just told it.</summary>
    public bool Heard { get; init; }

    /// <summary>
    /// Only the monitor's probe says so, and it got no answer, which a host that is gone would explain for all its nodes: by then the agent has
    /// reported or is called silent. Null else.
    /// </summary>
    public DateTimeOffset? AgentHeardBy { get; init; }

    public required FoldContext Context { get; init; }

    /// <summary>Learned so late that alerting it by itself would only confuse.</summary>
    public bool Late => (Context.ToldAt ?? Context.Now) - At > Context.Alerts.LateAfter;
}
