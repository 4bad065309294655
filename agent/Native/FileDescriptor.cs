using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MoneroCloud.Agent;

/// <summary>Plain descriptors, for what .NET's file handles do not offer: append without truncation, /proc without a stream.</summary>
internal static unsafe class FileDescriptor
{
    internal const int ReadOnly = 0;
    internal const int WriteOnly = 0x1;
    internal const int ReadWrite = 0x2;
    internal const int Create = 0x40;
    internal const int Exclusive = 0x80;
    internal const int Append = 0x400;
    internal const int CloseOnExec = 0x80000;
    internal const uint OwnerOnly = 0x180;

    /// <summary>-1 and <see cref="Errno.Last"/> when refused.</summary>
    internal static int OpenLog(byte* path) => Open(path, WriteOnly | Append | Create | CloseOnExec, OwnerOnly);

    /// <summary>A new file, for its owner alone.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    internal static SafeFileHandle CreateNew(string path)
    {
        using var native = new NativeStrings([path]);
        var fd = Open(native[0], WriteOnly | Create | Exclusive | CloseOnExec, OwnerOnly);
        return fd >= 0 ? new SafeFileHandle(fd, ownsHandle: true) : throw new IOException($"cannot create {path}: {Errno.Last}");
    }

    /// <inheritdoc cref="OpenLog"/>
    internal static int Open(byte* path, int flags, uint mode)
    {
        int fd;
        do
        {
            fd = LibC.Open(path, flags, mode);
        }
        while (fd < 0 && Errno.Last == Errno.Interrupted);

        return fd;
    }

    /// <summary>Reads to the end of the file or of the buffer. -1 and <see cref="Errno.Last"/> when refused.</summary>
    internal static int ReadAndClose(int fd, Span<byte> buffer)
    {
        var length = 0;
        nint count;
        do
        {
            fixed (byte* free = buffer[length..])
            {
                count = LibC.Read(fd, free, (nuint)(buffer.Length - length));
            }

            length += (int)Math.Max(0, count);
        }
        while (length < buffer.Length && (count > 0 || (count < 0 && Errno.Last == Errno.Interrupted)));

        var error = Errno.Last;
        _ = LibC.Close(fd);
        Marshal.SetLastPInvokeError(count < 0 ? error.Number : 0);
        return count < 0 ? -1 : length;
    }
}
