using System.Runtime.InteropServices;

namespace MoneroCloud.Agent;

/// <summary>What statx(2), realpath(3), faccessat(2) and geteuid(2) tell about files and this process; .NET does not tell owners.</summary>
internal static partial class FileStatus
{
    private const int CurrentFolder = -100;
    private const uint BasicStats = 0x7ff;
    private const int ExecuteAccess = 1;
    private const int WithEffectiveIds = 0x200;

    public static uint EffectiveUser => geteuid();

    /// <summary>Follows links; null when there is no such file, or it cannot be reached.</summary>
    public static FileFacts? Of(string path) => statx(CurrentFolder, path, 0, BasicStats, out var status) == 0
        ? new FileFacts((UnixFileMode)(status.Mode & 0xfff), (status.Mode & 0xf000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            _ => FileKind.Other,
        }, status.User)
        : null;

    /// <summary>This process may execute it.</summary>
    public static bool IsExecutable(string path) => faccessat(CurrentFolder, path, ExecuteAccess, WithEffectiveIds) == 0;

    /// <summary>The path without links; null when there is no such file.</summary>
    public static unsafe string? Canonical(string path)
    {
        var resolved = realpath(path, 0);
        try
        {
            return Marshal.PtrToStringUTF8(resolved);
        }
        finally
        {
            NativeMemory.Free((void*)resolved);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(int dirfd, string pathname, int flags, uint mask, out Statx statxbuf);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int faccessat(int dirfd, string pathname, int mode, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint realpath(string path, nint resolvedPath);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint geteuid();

    /// <summary>struct statx, as far as it is read; 256 bytes on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
