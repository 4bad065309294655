using Microsoft.Win32.SafeHandles;

namespace MoneroCloud.Agent;

/// <summary>
/// Rotates by copy and truncate, since the child keeps its descriptor (opened for appending, so it goes on at the new end).
/// Lost is only what is written between the last look at the size and the truncation: a few microseconds' worth.
/// </summary>
internal static class LogRotation
{
    /// <summary>In bytes: from this size on a log is rotated.</summary>
    internal const long MaxSize = 16 * 1024 * 1024;

    /// <summary>Old logs kept: <c>.1</c> (the newest) to <c>.4</c>.</summary>
    internal const int Kept = 4;

    private const int Chunk = 256 * 1024;

    internal static LogRotationResult RotateIfLarge(string path, long maxSize = MaxSize, int kept = Kept)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length < maxSize)
            {
                return new LogRotationResult.NotNeeded();
            }

            Shift(path, kept);
            return new LogRotationResult.Rotated(CopyAndTruncate(path));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new LogRotationResult.Failed($"cannot rotate {path}: {refused.Message}");
        }
    }

    /// <summary>Frees <c>.1</c>. Only up to the first gap: a copy that failed for want of space costs one old log, not all of them.</summary>
    private static void Shift(string path, int kept)
    {
        var gap = Enumerable.Range(1, kept).FirstOrDefault(i => !File.Exists(Old(path, i)), kept);
        File.Delete(Old(path, gap));
        for (var i = gap; i > 1; i--)
        {
            File.Move(Old(path, i - 1), Old(path, i));
        }
    }

    private static long CopyAndTruncate(string path)
    {
        var copy = path + ".new";
        File.Delete(copy);
        try
        {
            using var log = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            using var old = FileDescriptor.CreateNew(copy);
            var length = Copy(log, old, 0);
            File.Move(copy, Old(path, 1));
            length = Copy(log, old, length);
            RandomAccess.SetLength(log, 0);
            return length;
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
    }

    /// <summary>To the end, yet at most twice what it was: a child that writes faster than we copy does not hold us for ever.</summary>
    private static long Copy(SafeFileHandle log, SafeFileHandle old, long from)
    {
        var buffer = new byte[Chunk];
        var most = RandomAccess.GetLength(log) * 2;
        var copied = from;
        while (copied < most)
        {
            var count = RandomAccess.Read(log, buffer, copied);
            if (count == 0)
            {
                break;
            }

            RandomAccess.Write(old, buffer.AsSpan(0, count), copied);
            copied += count;
        }

        return copied;
    }

    private static string Old(string path, int number) => $"{path}.{number}";
}
