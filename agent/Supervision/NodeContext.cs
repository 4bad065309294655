namespace MoneroCloud.Agent;

/// <summary>What all nodes of one agent share.</summary>
internal sealed record NodeContext
{
    public required AgentClock Clock { get; init; }

    public required Journal Journal { get; init; }

    public required EventLog Events { get; init; }

    public required ExitWatcher Watcher { get; init; }

    public required ProcessLauncher Launcher { get; init; }

    public required Marker Marker { get; init; }

    public required GatherContext Gather { get; init; }

    public required RemedyTurn Remedies { get; init; }

    /// <summary>Who restarts what is frozen, blocked or hung.</summary>
    public required RemedyDuty Duty { get; init; }

    public required DeclaredProcesses Declared { get; init; }

    public required ChangeBell Bell { get; init; }

    public required AgentLog Log { get; init; }

    /// <summary>The policies of the present configuration; replaced as a whole by a reload.</summary>
    public required Func<AgentConfig> Config { get; init; }
}
