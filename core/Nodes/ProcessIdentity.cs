namespace MoneroCloud.Core;

/// <summary>
/// One life of one process. A pid is used again, and start times have 10 ms ticks, so none of the four alone proves anything.
/// </summary>
/// <param name="BootId">The kernel's boot id: a uuid in lower case.</param>
/// <param name="Pid">At least 1.</param>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c>: clock ticks since boot.</param>
/// <param name="Marker"><c>agent.name:installation:random</c>, from the process's environment; null for a watched process.</param>
public sealed record ProcessIdentity(string BootId, int Pid, long StartTicks, string? Marker);
