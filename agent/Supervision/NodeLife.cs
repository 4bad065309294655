using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// One life of a node's process, held so that it cannot be mistaken for another. It can be looked at, and its exit is noticed at once;
/// only <see cref="SupervisedProcess"/>, the agent's own, can be signalled.
/// </summary>
internal abstract class NodeLife(ProcessIdentity identity, ProcessHandle handle, bool adopted, TimeSpan startedAt, long logStart) : IDisposable
{
    private readonly Lock _handle = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    public ProcessIdentity Identity { get; } = identity;

    /// <summary>It ran before the agent looked.</summary>
    public bool Adopted { get; } = adopted;

    /// <summary>Monotonic; of a process that was found, computed from its age.</summary>
    public TimeSpan StartedAt { get; } = startedAt;

    /// <summary>Where in the log this life's output begins; 0 for one whose start nobody noted.</summary>
    public long LogStart { get; } = logStart;

    /// <summary>Completes when the process is gone, whatever ended it.</summary>
    public Task Exited => _exited.Task;

    public void MarkExited() => _exited.TrySetResult();

    public void Watch(ExitWatcher watcher, Action onExit) => watcher.Watch(handle, onExit);

    public void Unwatch(ExitWatcher watcher) => watcher.Unwatch(handle);

    /// <summary>How it ended; null while it runs. Reaps a child of the agent.</summary>
    public ProcessExit? TryReap() => Children.TryReap(handle);

    /// <summary>A look at it now; a process that was buried meanwhile is gone, whoever still asks.</summary>
    /// <param name="deep">Also what its threads wait for.</param>
    public ProcessSighting See(bool deep = false)
    {
        lock (_handle)
        {
            return _disposed ? new ProcessSighting.Gone(new ProcessExit.Unknown(), ExitCause.Unknown) { Pid = Identity.Pid } : Look(handle, deep);
        }
    }

    public void Dispose()
    {
        lock (_handle)
        {
            _disposed = true;
            handle.Dispose();
        }
    }

    /// <summary>With the handle held, which nobody closes meanwhile.</summary>
    protected virtual ProcessSighting Look(ProcessHandle held, bool deep) => ProcessSightings.See(Identity, held, deep);

    /// <summary>Does something with the handle unless it is closed; then it gives the default.</summary>
    protected T? WithHandle<T>(Func<T> deed)
    {
        lock (_handle)
        {
            return _disposed ? default : deed();
        }
    }
}
