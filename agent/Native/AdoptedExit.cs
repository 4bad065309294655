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

    /// <summary>Never waits. <see cref="ProcessExit.Unknown"/> on kernels that do not tell.</summary>
    internal static ProcessExit TryRead(PidFd process)
    {
        var info = stackalloc byte[InfoSize];
        new Span<byte>(info, InfoSize).Clear();
        *(ulong*)info = InfoExit;
        var told = LibC.Ioctl(process, GetInfo, info) == 0 && (*(ulong*)info & InfoExit) != 0;
        return told ? Decode(*(int*)(info + ExitCodeAt)) : new ProcessExit.Unknown();
    }

    /// <summary>A wait status: the signal in the low 7 bits, or the code in the second byte.</summary>
    internal static ProcessExit Decode(int status) =>
        (status & 0x7F) == 0 ? new ProcessExit.Exited((status >> 8) & 0xFF) : new ProcessExit.Killed(status & 0x7F);
}
