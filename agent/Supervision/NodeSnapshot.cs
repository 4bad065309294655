using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A node as its loop last left it; immutable, for everybody else to read.</summary>
internal sealed record NodeSnapshot
{
    public required NodeConfig Config { get; init; }

    public required ProcessPhase Phase { get; init; }

    public required Health Health { get; init; }

    public required DesiredState Desired { get; init; }

    public required bool Available { get; init; }

    public required int Restarts { get; init; }

    /// <summary>The living process; null when there is none.</summary>
    public NodeLife? Process { get; init; }

    public NodeEvidence? Evidence { get; init; }

    /// <summary>The newest observation, for the monitor; null before the first.</summary>
    public EpochSighting? Seen { get; init; }

    /// <summary>Why the last open of the declared wallet failed; null when it did not.</summary>
    public string? WalletFailure { get; init; }

    /// <summary>The stop or restart that is under way, else the last one; null before the first.</summary>
    public LadderView? Ladder { get; init; }

    /// <summary>What is known of the wallet in the present life.</summary>
    public WalletLife Wallet { get; init; } = WalletLife.Unknown;
    /// <summary>Null while it is closed.</summary>
    public BreakerStanding? Breaker { get; init; }
    /// <summary>The last thing that was asked of a watched node's unit; null when nothing was.</summary>
    public UnitOrder? UnitOrder { get; init; }

    /// <summary>The looks of this life of the agent.</summary>
    public CheckTally Tally { get; init; } = CheckTally.None;

    /// <summary>Rises with every message the loop has handled.</summary>
    public long Version { get; init; }

    /// <summary>No process runs and the machine waits or rests.</summary>
    public bool IsDown => Phase is ProcessPhase.Stopped or ProcessPhase.BackingOff or ProcessPhase.Broken;

    /// <summary>A restart is the remedy of its confirmed condition.</summary>
    public bool WantsRestart => Health is { State: HealthState.Down, Last: { Remedy: Remedy.Restart } last } && last.Condition == Health.Condition;

    /// <summary>Something that the monitor should not learn only with the next regular report.</summary>
    public bool IsNewsAfter(NodeSnapshot before) =>
        Process != before.Process || (WantsRestart && !before.WantsRestart) || Available != before.Available || Seen?.Seen.Row.Condition != before.Seen?.Seen.Row.Condition;
}
