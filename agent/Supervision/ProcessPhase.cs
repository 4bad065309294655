namespace MoneroCloud.Agent;

/// <summary>Where a node's process stands between starts. Times are monotonic, from the agent's start.</summary>
internal abstract record ProcessPhase
{
    private ProcessPhase()
    {
    }

    /// <summary>No process, and none wanted.</summary>
    public sealed record Stopped : ProcessPhase;

    /// <summary>No process of a watched node is known, and it is looked for at every check.</summary>
    public sealed record Looking : ProcessPhase;

    /// <summary>A process runs that has not answered yet.</summary>
    public sealed record Starting(TimeSpan Since) : ProcessPhase;

    /// <summary>It has answered. Whether it does now is health's affair, not this machine's.</summary>
    public sealed record Ready(TimeSpan Since) : ProcessPhase;

    /// <summary>It is being saved and stopped.</summary>
    /// <param name="ThenStart">Start again when it is gone.</param>
    /// <param name="FailedStart">The agent itself stops it, since it never answered: its end counts as that of a failed start.</param>
    public sealed record Stopping(bool ThenStart, bool FailedStart = false) : ProcessPhase;

    /// <summary>No process; the next start is due at <paramref name="Until"/>.</summary>
    public sealed record BackingOff(TimeSpan Until) : ProcessPhase;

    /// <summary>The breaker is open: one start is tried at <paramref name="Until"/>.</summary>
    public sealed record Broken(TimeSpan Until) : ProcessPhase;
}
