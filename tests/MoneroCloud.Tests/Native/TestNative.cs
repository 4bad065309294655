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
}
