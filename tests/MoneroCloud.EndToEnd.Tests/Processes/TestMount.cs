using System.Runtime.InteropServices;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A small file system for tests that fill one.</summary>
internal static partial class TestMount
{
    private const int Detach = 2;

    /// <summary>The test's own, as a state folder has to be.</summary>
    public static bool TryTmpfs(string folder, string size) => Mount("tmpfs", folder, "tmpfs", 0, $"size={size},mode=700") == 0;

    public static void Unmount(string folder) => _ = UnmountNow(folder, Detach);

    public static void Fill(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            while (true)
            {
                stream.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string data);

    [LibraryImport("libc.so.6", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnmountNow(string target, int flags);
}
