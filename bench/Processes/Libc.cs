using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MoneroCloud.Bench;

/// <summary>What .NET does not offer: pidfds, raw reads of /proc without an allocation, a sleep of microseconds, the CPU clock of another process.</summary>
internal static partial class Libc
{
    public const int Sighup = 1;
    public const int Sigint = 2;
    public const int Sigkill = 9;
    public const int Sigterm = 15;
    public const int Sigstop = 19;
    public const int Sigcont = 18;

    private const long SysPidfdSendSignal = 424;
    private const long SysPidfdOpen = 434;
    private const int PrSetTimerSlack = 29;
    private const int CpuClockOfProcess = 2;
    private const int ReadOnlyCloseOnExec = 0x80000;
    private const short PollIn = 1;

    /// <summary>A descriptor of the process, or -1 when there is none.</summary>
    public static int OpenProcess(int pid) => (int)syscall(SysPidfdOpen, pid, 0, 0, 0);

    /// <summary>False when the process is gone.</summary>
    public static bool Signal(int pidfd, int signal) => syscall(SysPidfdSendSignal, pidfd, signal, 0, 0) == 0;

    /// <summary>Waits for the process to end.</summary>
    public static bool HasExited(int pidfd, TimeSpan patience)
    {
        var polled = new PollFd { Fd = pidfd, Events = PollIn };
        return poll(ref polled, 1, (int)patience.TotalMilliseconds) == 1;
    }

    public static void Close(int fd) => _ = close(fd);

    /// <summary>The first bytes of a file whose path is a C string; -1 when it cannot be read.</summary>
    public static unsafe int ReadFile(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        fixed (byte* name = path)
        fixed (byte* data = buffer)
        {
            var fd = open(name, ReadOnlyCloseOnExec);
            if (fd < 0)
            {
                return -1;
            }

            var length = (int)read(fd, data, (nuint)buffer.Length);
            _ = close(fd);
            return length;
        }
    }

    /// <summary>Sleeps of this thread end on time (1 ns of slack), not up to 50 us later.</summary>
    public static void SleepPrecisely()
    {
        if (prctl(PrSetTimerSlack, 1, 0, 0, 0) != 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>User and system time of all threads of a process since its start, in nanoseconds; 0 when it is gone.</summary>
    public static long CpuNanoseconds(int pid)
    {
        // The clock of another process, as clock_getcpuclockid(3) makes it: finer than the ticks of /proc/PID/stat.
        var clock = (~pid << 3) | CpuClockOfProcess;
        return clock_gettime(clock, out var time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : 0;
    }

    public static void SleepMicroseconds(int microseconds)
    {
        var time = new TimeSpec { Nanoseconds = microseconds * 1000L };
        _ = nanosleep(in time, 0);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial long syscall(long number, long first, long second, nint third, long fourth);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(ref PollFd polled, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int open(byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int nanosleep(in TimeSpec time, nint remaining);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prctl(int option, ulong second, ulong third, ulong fourth, ulong fifth);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    private struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }
}
