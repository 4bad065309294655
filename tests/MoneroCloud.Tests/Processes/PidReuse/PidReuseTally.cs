namespace MoneroCloud.Tests;

/// <summary>What became of the forced reuses of a run.</summary>
internal sealed record PidReuseTally
{
    public int Reuses { get; init; }

    /// <summary>Strangers that did not survive what was sent to the node.</summary>
    public int Signalled { get; init; }

    /// <summary>Strangers that one of the agent's ways to look took for the node.</summary>
    public int TakenForTheNode { get; init; }

    /// <summary>Strangers that a signal to the pid by its number has ended: the control.</summary>
    public int FooledByPid { get; init; }

    /// <summary>Strangers with the node's start time as well, which has 10 ms ticks.</summary>
    public int FooledByStartTime { get; init; }

    public override string ToString() =>
        $"{Reuses} forced pid reuses: {Signalled} strangers signalled, {TakenForTheNode} taken for the node; "
        + $"kill by number hit {FooledByPid} of them, {FooledByStartTime} had the node's start time as well";
}
