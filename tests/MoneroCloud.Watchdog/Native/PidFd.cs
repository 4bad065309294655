using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MoneroCloud.Watchdog;

/// <summary>One process, and never the next one that is given its number.</summary>
internal sealed class PidFd() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <summary>Null when there is no such process.</summary>
    public static PidFd? TryOpen(int pid)
    {
        var descriptor = LinuxCalls.PidFdOpen(pid, 0);
        if (descriptor >= 0)
        {
            var opened = new PidFd();
            opened.SetHandle(descriptor);
            return opened;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == LinuxCalls.NoSuchProcess ? null : throw new Win32Exception(error, $"pidfd_open({pid})");
    }

    /// <summary>SIGKILL, which ends a stopped process too. False when it had ended, or is not ours to end.</summary>
    public bool Kill() => LinuxCalls.PidFdSendSignal((int)handle, LinuxCalls.SigKill, 0, 0) == 0;

    /// <summary>Waits until one of them has ended.</summary>
    public static void WaitForAny(IReadOnlyList<PidFd> processes)
    {
        var entries = processes
            .Select(process => new LinuxCalls.PollEntry { Descriptor = (int)process.handle, Events = LinuxCalls.PollIn })
            .ToArray();
        while (LinuxCalls.Poll(entries, (nuint)entries.Length, -1) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != LinuxCalls.Interrupted)
            {
                throw new Win32Exception(error, "poll");
            }
        }
    }

    protected override bool ReleaseHandle() => LinuxCalls.Close((int)handle) == 0;
}
