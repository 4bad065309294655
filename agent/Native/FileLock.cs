using System.Globalization;
using System.Text;

namespace MoneroCloud.Agent;

/// <summary>
/// The right to be the only one, as a kernel lock on a file: freed when the holder ends, however it ends. No child has the
/// descriptor. The file stays, with the last holder's pid in it.
/// </summary>
internal sealed unsafe class FileLock : IDisposable
{
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int Unlock = 8;

    private int _fd;

    private FileLock(int fd) => _fd = fd;

    /// <param name="refusal">Why not, in words: who holds it, or what the kernel said.</param>
    internal static FileLock? TryTake(string path, out string refusal)
    {
        refusal = "";
        using var native = new NativeStrings([path]);
        var fd = FileDescriptor.Open(native[0], FileDescriptor.ReadWrite | FileDescriptor.Create | FileDescriptor.CloseOnExec, FileDescriptor.OwnerOnly);
        if (fd < 0)
        {
            refusal = $"cannot open {path}: {Errno.Last}";
            return null;
        }

        if (LibC.FLock(fd, Exclusive | NonBlocking) == 0)
        {
            Sign(fd);
            return new FileLock(fd);
        }

        var error = Errno.Last;
        refusal = error == Errno.WouldBlock ? $"{path} is held by pid {Holder(fd)}" : $"cannot lock {path}: {error}";
        _ = LibC.Close(fd);
        return null;
    }

    public void Dispose()
    {
        if (_fd >= 0)
        {
            // Unlocked by name: a child that another thread is just spawning shares the lock until its exec.
            _ = LibC.FLock(_fd, Unlock);
            _ = LibC.Close(_fd);
            _fd = -1;
        }
    }

    private static void Sign(int fd)
    {
        var text = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        _ = LibC.Truncate(fd, 0);
        fixed (byte* bytes = text)
        {
            _ = LibC.Write(fd, bytes, (nuint)text.Length);
        }
    }

    private static string Holder(int fd)
    {
        var bytes = stackalloc byte[16];
        var count = LibC.Read(fd, bytes, 16);
        return count <= 0 ? "?" : Encoding.ASCII.GetString(bytes, (int)count).Trim();
    }
}
