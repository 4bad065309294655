using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// One life of a process that somebody else runs. Its identity is boot, pid, start time and executable: a pid that executes something else
/// now (a start script that became the program) is another life.
/// </summary>
internal sealed class WatchedProcess(ProcessIdentity identity, ProcessHandle handle, TimeSpan startedAt, long logStart, string? name)
    : NodeLife(identity, handle, adopted: true, startedAt, logStart)
{
    /// <summary>The program's short name (comm); null when it could not be read.</summary>
    public string? Name { get; } = name;

    /// <summary>It executes something else now: a start script became the program.</summary>
    public bool IsReplaced => See() is ProcessSighting.Reused;

    protected override ProcessSighting Look(ProcessHandle held, bool deep)
    {
        var sighting = base.Look(held, deep);
        return sighting is ProcessSighting.Alive && WatchedIdentity.ExecutableOf(Identity.Pid) is { } now && Identity.Executable is { } before && now != before
            ? new ProcessSighting.Reused(Identity.Pid)
            : sighting;
    }
}
