using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Finds the process of a node that somebody else runs: the main process of its unit where one is named, else the owner of its port. What may
/// not be read is no proof of absence; <see cref="UnheldNode"/> shows it.
/// </summary>
internal sealed class WatchFinder(EvidenceGatherer gatherer, AgentClock clock)
{
    /// <summary>So many parents are gone up from the port's owner to the unit's main process.</summary>
    private const int MostAncestors = 16;

    /// <param name="config">The node.</param>
    /// <param name="known">The life that is held; null when none is.</param>
    /// <param name="lastName">The program of the last life: a port that another program took since is taken, not found.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<WatchFinding> FindAsync(NodeConfig config, WatchedProcess? known, string? lastName, CancellationToken cancellation)
    {
        if (known is { IsReplaced: false })
        {
            return Successor(config, known) is { } successor ? new WatchFinding.Another(successor) : new WatchFinding.Same();
        }

        var look = config.Unit is { } unit ? await new Systemctl(unit, clock.Provider).LookAsync(cancellation) : null;
        var (pid, why) = look is UnitLook.Told told ? OfUnit(config, told) : ByPort(config, lastName, (look as UnitLook.NotTold)?.Why);
        return pid is { } candidate && Hold(config, candidate) is { } found
            ? new WatchFinding.Another(found)
            : new WatchFinding.Nothing(pid is null ? why : $"pid {pid} ended as it was looked at", look is UnitLook.Told { IsGivenUp: true });
    }

    /// <summary>
    /// Beside the one that is known, another holds the port: by port, the same program is the node's next life; by unit, a descendant of the
    /// main process is what it was wrapped around. Any other there is for the diagnosis: the port is taken.
    /// </summary>
    private WatchedProcess? Successor(NodeConfig config, WatchedProcess known) =>
        gatherer.LookAtPort(config, known) is PortSighting.Taken { Pid: { } pid, Name: { } name }
        && (config.Unit is null ? name == known.Name : DescendsFrom(pid, known.Identity.Pid))
            ? Hold(config, pid)
            : null;

    private (int? Pid, string Why) OfUnit(NodeConfig config, UnitLook.Told told)
    {
        var unit = config.Unit!.Name;
        return told switch
        {
            { IsLoaded: false } => (null, $"systemd knows no unit {unit}"),
            { MainPid: 0 } => (null, $"the unit {unit} is {told.ActiveState} and has no main process"),
            { MainPid: var main } when main == Environment.ProcessId => (null, $"the unit {unit} is that of the agent itself"),

            // Of a wrapper that did not become the program, what holds the port below it is meant.
            { MainPid: var main } => gatherer.LookAtPort(config, null) is PortSighting.Taken { Pid: { } owner } && DescendsFrom(owner, main) ? (owner, "") : (main, ""),
        };
    }

    private (int? Pid, string Why) ByPort(NodeConfig config, string? lastName, string? noUnit)
    {
        var (pid, why) = gatherer.LookAtPort(config, null) switch
        {
            PortSighting.Taken { Pid: null } => ((int?)null, $"who listens on port {config.Port} may not be read"),
            PortSighting.Taken { Pid: { } holder, Name: var name } when PortForwarders.Is(name) =>
                (null, $"port {config.Port} is forwarded by {name} (pid {holder}), and the process behind it is not seen"),
            PortSighting.Taken { Pid: { } holder } when holder == Environment.ProcessId => (null, $"port {config.Port} is the agent's own"),
            PortSighting.Taken { Pid: { } holder, Name: var name } when lastName is not null && name != lastName =>
                (null, $"port {config.Port} is held by {name} (pid {holder}), where {lastName} was"),
            PortSighting.Taken { Pid: { } holder } => (holder, ""),
            PortSighting.NotLooked => (null, "the kernel did not tell who listens"),
            _ => (null, $"nobody listens on port {config.Port}"),
        };
        return (pid, noUnit is null ? why : $"{why}, and {noUnit}");
    }

    /// <summary>Null when it ended meanwhile. What was read is of the process that the handle holds, since that is still silent afterwards.</summary>
    private WatchedProcess? Hold(NodeConfig config, int pid)
    {
        if (!ProcessHandle.TryWatch(pid, out var handle, out _))
        {
            return null;
        }

        var identity = WatchedIdentity.Of(pid);
        var name = ProcessReader.Name(pid);
        if (identity is null || handle.HasExited)
        {
            handle.Dispose();
            return null;
        }

        return new WatchedProcess(identity, handle, clock.Now - ClockTicks.AgeOf(identity.StartTicks), config.LogFile is { } log ? LogTail.LengthOf(log) : 0, name);
    }

    private static bool DescendsFrom(int pid, int ancestor)
    {
        for (var i = 0; i < MostAncestors && pid > 1 && pid != ancestor; i++)
        {
            pid = ProcessReader.Stat(pid) is ProcRead<ProcStat>.Got(var stat) ? stat.ParentPid : 0;
        }

        return pid == ancestor;
    }
}
