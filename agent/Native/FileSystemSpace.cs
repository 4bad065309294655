using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Space of a file system, by statvfs.</summary>
internal static unsafe class FileSystemSpace
{
    private const int StatusSize = 256;

    /// <summary>What a user without privileges may still use, and the whole; null when the path cannot be reached.</summary>
    internal static DiskSighting? At(string path)
    {
        var status = stackalloc byte[StatusSize];
        using var native = new NativeStrings([path]);
        if (LibC.StatVfs(native[0], status) != 0)
        {
            return null;
        }

        // f_bsize, f_frsize, f_blocks, f_bfree, f_bavail: 64 bits each.
        var fields = (ulong*)status;
        return new DiskSighting((long)(fields[4] * fields[1]), (long)(fields[2] * fields[1]));
    }
}
