using System.Runtime.InteropServices;

namespace MoneroCloud.Agent;

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    internal const short In = 0x001;
    internal const short HangUp = 0x010;

    internal int Fd;
    internal short Events;
    internal short Returned;
}
