using System.Text.Unicode;

namespace MoneroCloud.Agent;

/// <summary>A path below /proc as the kernel wants it: UTF-8, ended by a NUL, on the stack.</summary>
internal unsafe ref struct ProcPath
{
    private fixed byte _bytes[96];

    internal static ProcPath Of(int pid, string file)
    {
        var path = new ProcPath();
        Utf8.TryWrite(new Span<byte>(path._bytes, 95), $"/proc/{pid}/{file}", out _);
        return path;
    }

    internal static ProcPath Descriptor(int pid, int fd)
    {
        var path = new ProcPath();
        Utf8.TryWrite(new Span<byte>(path._bytes, 95), $"/proc/{pid}/fd/{fd}", out _);
        return path;
    }

    internal static ProcPath Of(string file)
    {
        var path = new ProcPath();
        Utf8.TryWrite(new Span<byte>(path._bytes, 95), $"{file}", out _);
        return path;
    }

    /// <summary>The whole file, at most as much as the buffer takes; -1 and <see cref="Errno.Last"/> when refused.</summary>
    internal int Read(scoped Span<byte> buffer)
    {
        int fd;
        fixed (byte* path = _bytes)
        {
            fd = FileDescriptor.Open(path, FileDescriptor.ReadOnly | FileDescriptor.CloseOnExec, 0);
        }

        return fd < 0 ? -1 : FileDescriptor.ReadAndClose(fd, buffer);
    }

    /// <summary>What the link names; -1 when refused. Cut off at the buffer's end, as readlink does.</summary>
    internal int ReadLink(scoped Span<byte> buffer)
    {
        fixed (byte* path = _bytes, target = buffer)
        {
            return (int)LibC.ReadLink(path, target, (nuint)buffer.Length);
        }
    }

    /// <summary>Which file the link leads to.</summary>
    internal bool TryIdentify(out FileIdentity file)
    {
        fixed (byte* path = _bytes)
        {
            return FileIdentity.TryOf(new ReadOnlySpan<byte>(path, 96), out file);
        }
    }
}
