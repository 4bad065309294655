using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Starts, adopts and buries the processes of one node, and writes each step to the journal before or as it happens.
/// Used by the node's loop alone.
/// </summary>
internal sealed class NodeProcess(NodeContext context, NodeName node, Action<SupervisedProcess> onExit)
{
    /// <summary>The living process; null when there is none.</summary>
    public SupervisedProcess? Current { get; private set; }

    /// <summary>Intent to the journal, then the spawn, then the identity. Null is success.</summary>
    /// <remarks>
    /// A full disk keeps no node from being started: the journal then has these records in memory only. A next agent finds the process all the same,
    /// by the marker in its environment, which no record is needed for (<see cref="Adoption"/>). The intent has it look a second longer for a child
    /// between fork and exec; without one there is as much time, since no agent begins before the disk has room for its journal.
    /// </remarks>
    public string? Spawn(NodeConfig config)
    {
        var marker = context.Marker.New(node);
        context.Journal.Append(node, new JournalRecord.Intent(node, marker), durable: false);
        switch (context.Launcher.Launch(config, marker))
        {
            case SpawnResult.Started started:
                var identity = Identify(started.Pid, marker);
                Hold(new SupervisedProcess(identity, started.PidFd, adopted: false, context.Clock.Now, started.LogStart));
                context.Journal.Append(node, new JournalRecord.Spawned(node, identity), durable: false);
                return null;
            case SpawnResult.Failed failed:
                context.Journal.Append(node, new JournalRecord.Ended(node), durable: false);
                return failed.Reason;
            default:
                throw new InvalidOperationException("a spawn either starts or fails");
        }
    }

    /// <summary>Takes over a living process of an earlier agent.</summary>
    public void Adopt(AdoptableProcess found)
    {
        Hold(new SupervisedProcess(found.Identity, found.PidFd, adopted: true, context.Clock.Now - found.Age, logStart: 0));
        context.Journal.Append(node, new JournalRecord.Spawned(node, found.Identity), durable: false);
    }

    /// <summary>Collects the exit of the current process.</summary>
    public ProcessExit Bury()
    {
        var process = Current ?? throw new InvalidOperationException("nobody to bury");
        var exit = process.TryReap() ?? new ProcessExit.Unknown();
        process.MarkExited();
        context.Declared.Put(node, null);
        Current = null;
        return exit;
    }

    /// <summary>After what replaces it was started: the rest of the burial.</summary>
    public void Forget(NodeLife buried)
    {
        if (Current is null)
        {
            context.Journal.Append(node, new JournalRecord.Ended(node), durable: false);
        }

        buried.Dispose();
    }

    private void Hold(SupervisedProcess process)
    {
        Current = process;
        context.Declared.Put(node, process.Identity.Pid);
        process.Watch(context.Watcher, () => onExit(process));
    }

    // Our own unreaped child: the pid cannot mean another process, so stat tells its start.
    private static ProcessIdentity Identify(int pid, string marker) =>
        new(BootId.Current, pid, ProcessReader.Stat(pid) is ProcRead<ProcStat>.Got(var stat) ? stat.StartTicks : 0, marker);
}
