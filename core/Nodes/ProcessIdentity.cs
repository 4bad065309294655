namespace MoneroCloud.Core;

/// <summary>
/// One life of one process. A pid is used again, and start times have 10 ms ticks, so none of them alone proves anything.
/// </summary>
/// <param name="BootId">The kernel's boot id: a uuid in lower case.</param>
/// <param name="Pid">At least 1.</param>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c>: clock ticks since boot.</param>
/// <param name="Marker"><c>agent.name:installation:random</c>, from the process's environment; null for a watched process.</param>
public sealed record ProcessIdentity(string BootId, int Pid, long StartTicks, string? Marker)
{
    /// <summary>
    /// Of a watched process, which has no marker: what it executes, as <c>major:minor:inode</c>. Null for the agent's own, whose program may be
    /// upgraded below it, and where it may not be read.
    /// </summary>
    public string? Executable { get; init; }
}
