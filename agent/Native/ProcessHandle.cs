using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace MoneroCloud.Agent;

/// <summary>
/// A handle on one life of one process: it never means another process, whatever becomes of the pid. Closed on exec. It tells of the exit and
/// can do nothing to the process: what may be signalled is held by a <see cref="PidFd"/>, and no handle becomes one later.
/// </summary>
internal unsafe class ProcessHandle : SafeHandleMinusOneIsInvalid
{
    private const int OpenCall = 434;
    private const int SendSignalCall = 424;

    protected ProcessHandle(int fd, int pid)
        : base(ownsHandle: true)
    {
        SetHandle(fd);
        Pid = pid;
    }

    /// <summary>The pid it was opened for; after the exit the number may belong to another process.</summary>
    internal int Pid { get; }

    internal int Fd => (int)handle;

    /// <summary>
    /// True once every thread of the process has ended, reaped or not. What the pid means must be proven after the open:
    /// identity read, then still not exited.
    /// </summary>
    internal bool HasExited => (Poll(PollRequest.In) & (PollRequest.In | PollRequest.HangUp)) != 0;

    /// <summary>The exit has been collected by the parent, so the pid is free again.</summary>
    internal bool IsReaped => HasExited && Ask(this, 0) == Errno.NoProcess;

    /// <param name="error"><see cref="Errno.NoProcess"/> when there is no such process.</param>
    internal static bool TryWatch(int pid, [NotNullWhen(true)] out ProcessHandle? process, out Errno error)
    {
        var fd = Open(pid, out error);
        process = fd < 0 ? null : new ProcessHandle(fd, pid);
        return process is not null;
    }

    /// <returns>Negative, and the error, when the kernel refused.</returns>
    protected static int Open(int pid, out Errno error)
    {
        var fd = LibC.PidFdOpen(OpenCall, pid, 0);
        error = fd < 0 ? Errno.Last : Errno.None;
        return (int)fd;
    }

    /// <summary>For <see cref="PidFd"/>; here it only asks, by signal 0.</summary>
    private protected static Errno Send(PidFd process, int signal) => Ask(process, signal);

    private static Errno Ask(ProcessHandle process, int signal) =>
        LibC.PidFdSendSignal(SendSignalCall, process, signal, 0, 0) == 0 ? Errno.None : Errno.Last;

    protected override bool ReleaseHandle() => LibC.Close(Fd) == 0;

    private short Poll(short events)
    {
        var held = false;
        try
        {
            DangerousAddRef(ref held);
            var request = new PollRequest { Fd = Fd, Events = events };
            while (LibC.Poll(&request, 1, 0) < 0 && Errno.Last == Errno.Interrupted)
            {
                // A signal came between; a poll that does not wait is simply asked again.
            }

            return request.Returned;
        }
        finally
        {
            if (held)
            {
                DangerousRelease();
            }
        }
    }
}
