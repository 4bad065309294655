using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One life of a node's process that the agent itself runs, held by its pidfd: the only kind that can be signalled.</summary>
/// <param name="startedAt">Monotonic; for an adopted process, computed from its age.</param>
internal sealed class SupervisedProcess(ProcessIdentity identity, PidFd pidFd, bool adopted, TimeSpan startedAt, long logStart)
    : NodeLife(identity, pidFd, adopted, startedAt, logStart)
{
    /// <summary>False when it is gone.</summary>
    public bool Signal(int signal) => WithHandle(() => !pidFd.HasExited && pidFd.TrySignal(signal) == Errno.None);
}
