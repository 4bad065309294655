namespace MoneroCloud.Core;

/// <summary>What one event says about a node: what of its record it changes by itself, and what evidence it is.</summary>
internal static class EventFold
{
    public static NodeRecord Of(NodeRecord record, NodeEvent happened) => happened.Fact switch
    {
        NodeFact.Exited exited => record with { LastExit = Gone(exited, happened.At), Identity = null },
        NodeFact.SpawnFailed failed => record with { LastExit = new ProcessSighting.Gone(new ProcessExit.NeverStarted(failed.Reason), ExitCause.Unknown), Identity = null },
        NodeFact.Spawned => record with { LastExit = null, Breaker = Tried(record.Breaker) },
        NodeFact.Adopted or NodeFact.Found => record with { LastExit = null },
        NodeFact.BackedOff backedOff => Later(record, happened.At, backedOff.ForMs),
        NodeFact.BreakerOpened opened => Later(record, happened.At, opened.ForMs) with { Breaker = Opened(record.Breaker, opened, happened.At) },
        NodeFact.BreakerClosed => record with { Breaker = null },
        NodeFact.Ordered ordered => record with { Desired = Wanted(record.Desired, ordered, happened.At), Available = Available(record.Available, ordered.Verb) },
        _ => record,
    };

    /// <summary>Null for what says nothing about the node's health.</summary>
    public static HostEvidence? Evidence(NodeRecord record, NodeEvent happened) => happened.Fact switch
    {
        NodeFact.Exited or NodeFact.SpawnFailed => Of(record, record.LastExit!),
        NodeFact.BackedOff or NodeFact.BreakerOpened => record.LastExit is { } gone ? Of(record, gone) : null,
        NodeFact.Spawned spawned => Of(record, Begun(spawned.Pid)),
        NodeFact.Found found => Of(record, Begun(found.Pid)),
        _ => null,
    };

    private static HostEvidence Of(NodeRecord record, ProcessSighting process) => new()
    {
        Process = process,
        Desired = record.Desired,
        LastVersion = record.Host?.Seen.Evidence.LastVersion,

        // A start says nothing of it: what was told stays so until somebody looks.
        SaveFailed = process is ProcessSighting.Gone { Cause: ExitCause.SaveFailed } || record.Notes.Contains(Note.SaveFailed),
    };

    private static ProcessSighting.Alive Begun(int pid) =>
        new() { Identity = new ProcessIdentity("", pid, 0, null), RunState = ProcessRunState.Running, Age = TimeSpan.Zero };

    private static ProcessSighting.Gone Gone(NodeFact.Exited exited, DateTimeOffset at) => new(
        exited switch
        {
            { Signal: { } signal } => new ProcessExit.Killed(signal),
            { Code: { } code } => new ProcessExit.Exited(code),
            _ => new ProcessExit.Unknown(),
        },
        exited.Cause)
    {
        Pid = exited.Pid,
        NextStart = at,
    };

    private static NodeRecord Later(NodeRecord record, DateTimeOffset at, long forMs) =>
        record.LastExit is { } gone ? record with { LastExit = gone with { NextStart = at + Wait(forMs) } } : record;

    private static TimeSpan Wait(long forMs) => TimeSpan.FromMilliseconds(Math.Clamp(forMs, 0, (long)TimeSpan.FromDays(1).TotalMilliseconds));

    /// <summary>A try that failed makes it no other opening.</summary>
    private static BreakerStanding Opened(BreakerStanding? before, NodeFact.BreakerOpened opened, DateTimeOffset at) => (before ?? new BreakerStanding
    {
        State = BreakerState.Open,
        Since = at,
        Why = opened.Why.Length <= BreakerStanding.LongestWhy ? opened.Why : opened.Why[..BreakerStanding.LongestWhy],
    }) with
    {
        State = BreakerState.Open,
        NextTry = at + Wait(opened.ForMs),
    };

    /// <summary>A start under an open breaker is the one that is tried.</summary>
    private static BreakerStanding? Tried(BreakerStanding? breaker) =>
        breaker is { State: BreakerState.Open } ? breaker with { State = BreakerState.HalfOpen, NextTry = null } : breaker;

    private static DesiredState Wanted(DesiredState before, NodeFact.Ordered ordered, DateTimeOffset at) => ordered.Verb switch
    {
        "stop" => new DesiredState.Stopped(ordered.By, at),
        "start" or "restart" => new DesiredState.Running(),
        "disable" => new DesiredState.Stopped("disable", at),
        "enable" when before is DesiredState.Stopped { By: "disable" } => new DesiredState.Running(),
        _ => before,
    };

    private static bool Available(bool before, string verb) => verb switch
    {
        "enable" => true,
        "disable" => false,
        _ => before,
    };
}
