using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One life of a node's process, held by its pidfd.</summary>
/// <param name="startedAt">Monotonic; for an adopted process, computed from its age.</param>
internal sealed class SupervisedProcess(ProcessIdentity identity, PidFd pidFd, bool adopted, TimeSpan startedAt, long logStart) : IDisposable
{
    private readonly Lock _handle = new();
    private bool _disposed;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessIdentity Identity { get; } = identity;

    /// <summary>For the exit watcher and the reaping; looks and signals go through <see cref="See"/> and <see cref="Signal"/>.</summary>
    public PidFd PidFd { get; } = pidFd;

    public bool Adopted { get; } = adopted;

    public TimeSpan StartedAt { get; } = startedAt;

    /// <summary>Where in the log this life's output begins; 0 for an adopted process, whose start nobody noted.</summary>
    public long LogStart { get; } = logStart;

    /// <summary>Completes when the process is gone, whatever ended it.</summary>
    public Task Exited => _exited.Task;

    public void MarkExited() => _exited.TrySetResult();

    /// <summary>A look at it now; a process that was buried meanwhile is gone, whoever still asks.</summary>
    /// <param name="deep">Also what its threads wait for.</param>
    public ProcessSighting See(bool deep = false)
    {
        lock (_handle)
        {
            return _disposed ? new ProcessSighting.Gone(new ProcessExit.Unknown(), ExitCause.Unknown) { Pid = Identity.Pid } : ProcessSightings.See(Identity, PidFd, deep);
        }
    }

    /// <summary>False when it is gone.</summary>
    public bool Signal(int signal)
    {
        lock (_handle)
        {
            return !_disposed && !PidFd.HasExited && PidFd.TrySignal(signal) == Errno.None;
        }
    }

    public void Dispose()
    {
        lock (_handle)
        {
            _disposed = true;
            PidFd.Dispose();
        }
    }
}
