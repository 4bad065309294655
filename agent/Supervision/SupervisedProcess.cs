using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One life of a node's process, held by its pidfd.</summary>
/// <param name="startedAt">Monotonic; for an adopted process, computed from its age.</param>
internal sealed class SupervisedProcess(ProcessIdentity identity, PidFd pidFd, bool adopted, TimeSpan startedAt, long logStart) : IDisposable
{
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessIdentity Identity { get; } = identity;

    public PidFd PidFd { get; } = pidFd;

    public bool Adopted { get; } = adopted;

    public TimeSpan StartedAt { get; } = startedAt;

    /// <summary>Where in the log this life's output begins; 0 for an adopted process, whose start nobody noted.</summary>
    public long LogStart { get; } = logStart;

    /// <summary>Completes when the process is gone, whatever ended it.</summary>
    public Task Exited => _exited.Task;

    public void MarkExited() => _exited.TrySetResult();

    public void Dispose() => PidFd.Dispose();
}
