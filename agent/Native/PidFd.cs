using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace MoneroCloud.Agent;

/// <summary>A handle on one life of one process: it never means another process, whatever becomes of the pid. Closed on exec.</summary>
internal sealed unsafe class PidFd : SafeHandleMinusOneIsInvalid
{
    private const int OpenCall = 434;
    private const int SendSignalCall = 424;

    private PidFd(int fd, int pid)
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
    internal bool IsReaped => HasExited && TrySignal(0) == Errno.NoProcess;

    /// <param name="error"><see cref="Errno.NoProcess"/> when there is no such process.</param>
    internal static bool TryOpen(int pid, [NotNullWhen(true)] out PidFd? pidFd, out Errno error)
    {
        var fd = LibC.PidFdOpen(OpenCall, pid, 0);
        error = fd < 0 ? Errno.Last : Errno.None;
        pidFd = fd < 0 ? null : new PidFd((int)fd, pid);
        return pidFd is not null;
    }

    /// <summary>Sends a signal; 0 only asks. <see cref="Errno.None"/> is success (also for a zombie), NoProcess means it was reaped.</summary>
    internal Errno TrySignal(int signal) =>
        LibC.PidFdSendSignal(SendSignalCall, this, signal, 0, 0) == 0 ? Errno.None : Errno.Last;

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
