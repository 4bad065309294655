using System.Diagnostics.CodeAnalysis;

namespace MoneroCloud.Agent;

/// <summary>A handle on one life of a process that the agent may signal: its own, proven to be so by whoever opens it.</summary>
internal sealed class PidFd : ProcessHandle
{
    private PidFd(int fd, int pid)
        : base(fd, pid)
    {
    }

    /// <param name="error"><see cref="Errno.NoProcess"/> when there is no such process.</param>
    internal static bool TryOpen(int pid, [NotNullWhen(true)] out PidFd? pidFd, out Errno error)
    {
        var fd = Open(pid, out error);
        pidFd = fd < 0 ? null : new PidFd(fd, pid);
        return pidFd is not null;
    }

    /// <summary>Sends a signal; 0 only asks. <see cref="Errno.None"/> is success (also for a zombie), NoProcess means it was reaped.</summary>
    internal Errno TrySignal(int signal) => Send(this, signal);
}
