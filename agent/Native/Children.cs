using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Collects the exits of our own children, one at a time and only through their pidfds.</summary>
internal static unsafe class Children
{
    private const int ByPid = 1;
    private const int ByPidFd = 3;
    private const int NoHang = 1;
    private const int Exited = 4;
    private const int InfoSize = 128;

    // Offsets in siginfo_t on 64-bit Linux.
    private const int CodeAt = 8;
    private const int PidAt = 16;
    private const int StatusAt = 24;
    private const int CodeExited = 1;

    /// <summary>
    /// How the process ended; null while it runs. Never waits. Reaps a child of ours; of a process that is not
    /// (or that was reaped before) it tells what <see cref="AdoptedExit"/> can find.
    /// </summary>
    internal static ProcessExit? TryReap(ProcessHandle process)
    {
        var info = stackalloc byte[InfoSize];
        new Span<byte>(info, InfoSize).Clear();
        if (LibC.WaitId(ByPidFd, process, info, Exited | NoHang) != 0)
        {
            return process.HasExited ? AdoptedExit.TryRead(process) : null;
        }

        if (*(int*)(info + PidAt) == 0)
        {
            return null;
        }

        var status = *(int*)(info + StatusAt);
        return *(int*)(info + CodeAt) == CodeExited ? new ProcessExit.Exited(status) : new ProcessExit.Killed(status);
    }

    /// <summary>
    /// Ends a child for which no pidfd could be had. The one place where a pid is signalled by number:
    /// it is our child and not reaped, so the number cannot mean another process.
    /// </summary>
    internal static void Abandon(int pid)
    {
        var info = stackalloc byte[InfoSize];
        _ = LibC.Kill(pid, Signals.Kill);
        while (LibC.WaitId(ByPid, pid, info, Exited) != 0 && Errno.Last == Errno.Interrupted)
        {
            // Killed for certain; the wait is taken up again.
        }
    }
}
