using System.Text;

namespace MoneroCloud.Agent;

/// <summary>The last output of a child.</summary>
internal static class LogTail
{
    /// <summary>In bytes.</summary>
    internal const int MaxSize = 64 * 1024;

    /// <summary>The last 64 KiB, without the part of a line they may begin with; empty when there is no log.</summary>
    /// <param name="from">Nothing before this offset: <see cref="SpawnResult.Started.LogStart"/> leaves out earlier lives.</param>
    internal static string Read(string path, long from = 0)
    {
        try
        {
            // Open to all other use, else .NET would take a lock.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);

            // Shorter than it was at the spawn: it was rotated since, so all of it is of this life.
            var first = Math.Max(length - MaxSize, from > length ? 0 : from);
            var bytes = new byte[length - first];
            var count = RandomAccess.Read(file, bytes, first);
            var text = Encoding.UTF8.GetString(bytes, 0, count);
            return first == 0 || first == from ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The log's size in bytes; 0 when there is none.</summary>
    internal static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
