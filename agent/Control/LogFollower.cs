using System.Runtime.CompilerServices;
using System.Text;

namespace MoneroCloud.Agent;

/// <summary>The last lines of a child's log, and what follows; survives the log's rotation by copy and truncate.</summary>
internal static class LogFollower
{
    private const int MostAtOnce = 1 << 20;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    public static async IAsyncEnumerable<string> ReadAsync(string path, int lines, bool follow, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var position = 0L;
        foreach (var line in LastLines(path, lines, out position))
        {
            yield return line;
        }

        while (follow)
        {
            await Task.Delay(Period, time, cancellation);
            foreach (var line in NewLines(path, ref position))
            {
                yield return line;
            }
        }
    }

    private static List<string> LastLines(string path, int count, out long position)
    {
        position = 0;
        var start = Math.Max(0, LogTail.LengthOf(path) - (256 * 1024));
        position = start;
        var all = NewLines(path, ref position);
        var cut = start > 0 && all.Count > 0 ? 1 : 0;
        return [.. all.Skip(cut).TakeLast(Math.Max(1, count))];
    }

    /// <summary>Whole lines only; the rest of a line is read when it has come.</summary>
    private static List<string> NewLines(string path, ref long position)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        position = file.Length < position ? 0 : position;
        file.Position = position;
        var bytes = new byte[Math.Min(file.Length - position, MostAtOnce)];
        var text = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        var end = text.LastIndexOf((byte)'\n');
        if (end < 0)
        {
            return [];
        }

        position += end + 1;
        return [.. Encoding.UTF8.GetString(text[..end]).Split('\n')];
    }
}
