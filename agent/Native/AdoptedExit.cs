using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How a process ended that is not our child: what the kernel tells others than the parent.</summary>
internal static unsafe class AdoptedExit
{
    // _IOWR(0xFF, 11, struct pidfd_info of 64 bytes), since Linux 6.13; PIDFD_INFO_EXIT since 6.15.
    private const nuint GetInfo = 0xC040FF0B;
    private const ulong InfoExit = 1 << 3;
    private const int InfoSize = 64;
    private const int ExitCodeAt = 60;

    /// <summary>
    /// Never waits, never reaps. Of a zombie the exit stands in its stat file (for the same user, on every kernel); of a reaped
    /// process the pidfd tells, since Linux 6.15. <see cref="ProcessExit.Unknown"/> where neither does.
    /// </summary>
    internal static ProcessExit TryRead(ProcessHandle process)
    {
        // In this order: what is a zombie at the first question may be reaped before the second, never the other way round.
        return FromZombie(process) ?? FromPidFd(process) ?? new ProcessExit.Unknown();
    }

    /// <remarks>Not reaped after the reading, so the pid meant our process while it was read.</remarks>
    private static ProcessExit? FromZombie(ProcessHandle process) =>
        ProcessReader.Stat(process.Pid) is ProcRead<ProcStat>.Got({ ExitStatus: { } status }) && !process.IsReaped
            ? Decode(status)
            : null;

    private static ProcessExit? FromPidFd(ProcessHandle process)
    {
        var info = stackalloc byte[InfoSize];
        new Span<byte>(info, InfoSize).Clear();
        *(ulong*)info = InfoExit;
        var told = LibC.Ioctl(process, GetInfo, info) == 0 && (*(ulong*)info & InfoExit) != 0;
        return told ? Decode(*(int*)(info + ExitCodeAt)) : null;
    }

    /// <summary>A wait status: the signal in the low 7 bits, or the code in the second byte.</summary>
    internal static ProcessExit Decode(int status) =>
        (status & 0x7F) == 0 ? new ProcessExit.Exited((status >> 8) & 0xFF) : new ProcessExit.Killed(status & 0x7F);
}
