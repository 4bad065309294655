namespace MoneroCloud.Core;

/// <summary>What one event says about a node: what of its record it changes by itself, and what evidence it is.</summary>
internal static class EventFold
{
    public static NodeRecord Of(NodeRecord record, NodeEvent happened) => happened.Fact switch
    {
        NodeFact.Exited exited => record with { LastExit = Gone(exited, happened.At), Identity = null },
        NodeFact.SpawnFailed failed => record with { LastExit = new ProcessSighting.Gone(new ProcessExit.NeverStarted(failed.Reason), ExitCause.Unknown), Identity = null },
        NodeFact.Spawned or NodeFact.Adopted => record with { LastExit = null },
        NodeFact.BackedOff backedOff => Later(record, happened.At, backedOff.ForMs),
        NodeFact.BreakerOpened opened => Later(record, happened.At, opened.ForMs),
        NodeFact.Ordered ordered => record with { Desired = Wanted(record.Desired, ordered, happened.At), Available = Available(record.Available, ordered.Verb) },
        _ => record,
    };

    /// <summary>Null for what says nothing about the node's health.</summary>
    public static HostEvidence? Evidence(NodeRecord record, NodeEvent happened) => happened.Fact switch
    {
        NodeFact.Exited or NodeFact.SpawnFailed => Of(record, record.LastExit!),
        NodeFact.BackedOff or NodeFact.BreakerOpened => record.LastExit is { } gone ? Of(record, gone) : null,
        NodeFact.Spawned spawned => Of(record, new ProcessSighting.Alive { Identity = new ProcessIdentity("", spawned.Pid, 0, null), RunState = ProcessRunState.Running, Age = TimeSpan.Zero }),
        _ => null,
    };

    private static HostEvidence Of(NodeRecord record, ProcessSighting process) => new()
    {
        Process = process,
        Desired = record.Desired,
        LastVersion = record.Host?.Seen.Evidence.LastVersion,
        SaveFailed = process is ProcessSighting.Gone { Cause: ExitCause.SaveFailed } || (record.Host?.Seen.Evidence.SaveFailed ?? false),
    };

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

    private static NodeRecord Later(NodeRecord record, DateTimeOffset at, long forMs) => record.LastExit is { } gone
        ? record with { LastExit = gone with { NextStart = at + TimeSpan.FromMilliseconds(Math.Clamp(forMs, 0, (long)TimeSpan.FromDays(1).TotalMilliseconds)) } }
        : record;

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
