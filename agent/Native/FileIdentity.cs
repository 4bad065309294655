using System.Text;

namespace MoneroCloud.Agent;

/// <summary>Which file a path leads to: device and inode.</summary>
internal readonly record struct FileIdentity(uint Major, uint Minor, ulong Inode)
{
    private const int CurrentFolder = -100;
    private const uint InodeMask = 0x100;
    private const int StatusSize = 256;

    // Offsets in struct statx, the same on every architecture.
    private const int InodeAt = 32;
    private const int MajorAt = 136;
    private const int MinorAt = 140;

    /// <summary>Follows links, also those of /proc/PID/fd and /proc/PID/exe. <see cref="Errno.Last"/> tells why not.</summary>
    internal static unsafe bool TryOf(ReadOnlySpan<byte> pathWithNul, out FileIdentity file)
    {
        var status = stackalloc byte[StatusSize];
        fixed (byte* path = pathWithNul)
        {
            var found = LibC.StatX(CurrentFolder, path, 0, InodeMask, status) == 0;
            file = found
                ? new FileIdentity(*(uint*)(status + MajorAt), *(uint*)(status + MinorAt), *(ulong*)(status + InodeAt))
                : default;
            return found;
        }
    }

    internal static bool TryOf(string path, out FileIdentity file) => TryOf(Encoding.UTF8.GetBytes(path + '\0'), out file);
}
