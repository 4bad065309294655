using System.Runtime.InteropServices;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// While it lives, the test process is the heir of orphans below it, and reaps none of them: as in a container whose PID 1 does not.
/// When disposed it reaps what it was told to.
/// </summary>
internal sealed partial class ChildSubreaper : IDisposable
{
    private const int SetChildSubreaper = 36;
    private const int NoHang = 1;

    private readonly List<int> _heirs = [];

    public ChildSubreaper() => Set(true);

    public void ReapLater(int pid) => _heirs.Add(pid);

    public void Dispose()
    {
        Set(false);
        foreach (var pid in _heirs)
        {
            _ = WaitPid(pid, 0, NoHang);
        }
    }

    private static void Set(bool value)
    {
        if (Prctl(SetChildSubreaper, value ? 1u : 0u, 0, 0, 0) != 0)
        {
            throw new InvalidOperationException($"prctl: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitPid(int pid, nint status, int options);
}
