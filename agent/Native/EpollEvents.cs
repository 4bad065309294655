using System.Runtime.InteropServices;

namespace MoneroCloud.Agent;

/// <summary><c>struct epoll_event</c> in raw bytes: packed to 12 bytes on x64 alone, 16 elsewhere.</summary>
internal static unsafe class EpollEvents
{
    private static readonly int DataAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    /// <summary>The largest size of one event, for buffers.</summary>
    internal const int MaxSize = 16;

    internal static void Set(byte* epollEvent, uint events, long data)
    {
        *(uint*)epollEvent = events;
        *(long*)(epollEvent + DataAt) = data;
    }

    internal static long Data(byte* events, int index) => *(long*)(events + (index * (DataAt + sizeof(long))) + DataAt);
}
