using System.Runtime.InteropServices;

namespace MoneroCloud.Agent;

/// <summary>An error number of the kernel; its text is the C library's words.</summary>
internal readonly record struct Errno(int Number)
{
    internal static readonly Errno None = new(0);
    internal static readonly Errno NotPermitted = new(1);
    internal static readonly Errno NoEntry = new(2);
    internal static readonly Errno NoProcess = new(3);
    internal static readonly Errno Interrupted = new(4);
    internal static readonly Errno NoChild = new(10);
    internal static readonly Errno WouldBlock = new(11);
    internal static readonly Errno AccessDenied = new(13);
    internal static readonly Errno Busy = new(16);
    internal static readonly Errno Invalid = new(22);
    internal static readonly Errno NoSpace = new(28);

    /// <summary>That of the last native call on this thread.</summary>
    internal static Errno Last => new(Marshal.GetLastPInvokeError());

    /// <summary>Either of the two ways in which the kernel says "you may not".</summary>
    internal bool IsRefusal => this == NotPermitted || this == AccessDenied;

    public override string ToString() => Number == 0 ? "no error" : Marshal.GetPInvokeErrorMessage(Number);
}
