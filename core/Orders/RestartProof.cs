using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What was done with a process, why, and what it cost: of a restart, of a stop, and of a start that followed an exit.</summary>
public sealed record RestartProof
{
    /// <summary>So many steps are kept.</summary>
    public const int MostSteps = 24;

    private const int LongestText = 500;

    public required ProofState State { get; init; }

    public required RestartReason Reason { get; init; }

    /// <summary>The condition in which the node was found; null when it had not been looked at.</summary>
    public Condition? Found { get; init; }

    /// <summary>That condition's explanation: the evidence in words.</summary>
    public string? Explanation { get; init; }

    /// <summary>By the agent's clock.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>By a clock that nobody sets; null where the agent was ended meanwhile.</summary>
    public long? TookMs { get; init; }

    /// <summary>The life before; null when there was none.</summary>
    public ProcessIdentity? Before { get; init; }

    /// <summary>The life after; null when there is none.</summary>
    public ProcessIdentity? After { get; init; }

    /// <summary>As they were taken.</summary>
    public required ImmutableArray<LadderStep> Steps { get; init; }

    /// <summary>The wallet's height before; null when it was not known.</summary>
    public long? HeightBefore { get; init; }

    /// <summary>The wallet's height after; null when it is not known.</summary>
    public long? HeightAfter { get; init; }

    /// <summary>Null while no process has ended.</summary>
    public Losses? Losses { get; init; }

    /// <summary>Within the bounds that rows and messages have room for.</summary>
    internal RestartProof Bounded() => this with
    {
        Explanation = Explanation?.Length > LongestText ? Explanation[..LongestText] : Explanation,
        Steps = [.. Steps.TakeLast(MostSteps).Select(s => s.Bounded())],
    };
}
