using System.Runtime.InteropServices;

namespace MoneroCloud.Tests;

/// <summary>What only tests ask of the C library.</summary>
internal static unsafe partial class TestNative
{
    private const int SetFd = 2;
    private const int SetMask = 2;

    public static int ClearCloseOnExec(SafeHandle file) => Fcntl(file, SetFd, 0);

    public static void BlockAllSignals()
    {
        var set = stackalloc byte[128];
        new Span<byte>(set, 128).Fill(0xFF);
        _ = SigMask(SetMask, set, null);
    }

    public static void UnblockAllSignals()
    {
        var set = stackalloc byte[128];
        new Span<byte>(set, 128).Clear();
        _ = SigMask(SetMask, set, null);
    }

    [LibraryImport("libc.so.6", EntryPoint = "fcntl")]
    private static partial int Fcntl(SafeHandle fd, int command, int argument);

    [LibraryImport("libc.so.6", EntryPoint = "pthread_sigmask")]
    private static partial int SigMask(int how, byte* set, byte* old);

    public static void IgnoreChildren() => _ = Signal(17, 1);

    [LibraryImport("libc.so.6", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    public const int Nobody = 65534;

    /// <summary>Runs something as a user who may read nothing of others. As root on a thread of its own that changes its user alone.</summary>
    public static T AsNobody<T>(Func<T> look)
    {
        if (Environment.UserName != "root")
        {
            return look();
        }

        T? result = default;
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                // The bare call changes one thread; the C library's would change the whole process.
                var call = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 117 : 147;
                if (SetUsers(call, -1, Nobody, -1) == 0)
                {
                    result = look();
                }
            }
            catch (Exception e)
            {
                thrown = e;
            }
        });
        thread.Start();
        thread.Join();
        return thrown is null ? result! : throw new InvalidOperationException("as nobody", thrown);
    }

    [LibraryImport("libc.so.6", EntryPoint = "syscall")]
    private static partial long SetUsers(long number, long real, long effective, long saved);

    public const int PosixLock = 6;
    public const int OpenFileLock = 37;

    /// <summary>Takes a write lock on the whole file.</summary>
    public static int Lock(SafeHandle file, int kind)
    {
        var request = stackalloc long[4];
        new Span<long>(request, 4).Clear();
        *(short*)request = 1;
        return Fcntl(file, kind, request);
    }

    [LibraryImport("libc.so.6", EntryPoint = "fcntl")]
    private static partial int Fcntl(SafeHandle fd, int command, void* argument);
}
