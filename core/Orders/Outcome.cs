namespace MoneroCloud.Core;

/// <summary>How an order ended, as the agent tells it.</summary>
public sealed record Outcome
{
    public required OutcomeResult Result { get; init; }

    /// <summary>In words, for the operator.</summary>
    public required string Text { get; init; }

    /// <summary>The life before the order; null when there was none.</summary>
    public ProcessIdentity? Before { get; init; }

    /// <summary>The life after it; null when there is none.</summary>
    public ProcessIdentity? After { get; init; }

    /// <summary>Of a restart, a stop, and a start that was one: the steps, the reason and what it cost.</summary>
    public RestartProof? Proof { get; init; }

    /// <summary>Of a check: what the method answered.</summary>
    public MethodAnswer? Answer { get; init; }
}
