using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The events of one segment, read in pieces: never a whole file in memory.</summary>
internal static class SpoolLines
{
    /// <summary>A longer line is no event; stays out of the large object heap.</summary>
    public const int Longest = 32 * 1024;

    /// <param name="file">The segment.</param>
    /// <param name="from">Where a line begins.</param>
    /// <param name="to">Where the last whole line ends.</param>
    /// <returns>Each event with its line's length and the place where the next one begins; what cannot be read is passed over.</returns>
    public static IEnumerable<(NodeEvent Event, int Bytes, long Next)> Read(string file, long from, long to)
    {
        if (from >= to)
        {
            yield break;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[Math.Min(2 * Longest, to - from)];
        var (filled, position) = (0, from);
        stream.Position = from;
        while (true)
        {
            var room = (int)Math.Min(buffer.Length - filled, to - position - filled);
            var read = room > 0 ? stream.Read(buffer, filled, room) : 0;
            filled += read;
            var taken = 0;
            for (var end = EndOf(buffer, 0, filled); end >= 0; end = EndOf(buffer, taken, filled))
            {
                var happened = TryParse(buffer.AsSpan(taken, end - taken));
                var bytes = end + 1 - taken;
                taken = end + 1;
                if (happened is not null)
                {
                    yield return (happened, bytes, position + taken);
                }
            }

            if (read == 0)
            {
                yield break;
            }

            // A line that fills the buffer is damage: it is passed over in pieces.
            taken = taken == 0 && filled == buffer.Length ? filled : taken;
            buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
            (filled, position) = (filled - taken, position + taken);
        }
    }

    /// <summary>Where the last whole line ends.</summary>
    public static long EndOfWholeLines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[Longest];
        for (var end = stream.Length; end > 0;)
        {
            var start = Math.Max(0, end - buffer.Length);
            stream.Position = start;
            var read = stream.ReadAtLeast(buffer, (int)(end - start), throwOnEndOfStream: false);
            var last = buffer.AsSpan(0, Math.Min(read, (int)(end - start))).LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                return start + last + 1;
            }

            end = start;
        }

        return 0;
    }

    private static int EndOf(byte[] buffer, int from, int filled) => Array.IndexOf(buffer, (byte)'\n', from, filled - from);

    private static NodeEvent? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, CoreJson.Default.NodeEvent);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            return null;
        }
    }
}
