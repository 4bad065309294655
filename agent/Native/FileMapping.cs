using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>Read-only memory that is mapped from a file and of which no page was ever written to: what is let go of comes back from the file.</summary>
internal readonly record struct FileMapping(nuint Start, nuint End, string File)
{
    private const string Code = "r-xp";
    private const string Constants = "r--p";

    /// <summary>Those in the lines of <c>/proc/self/smaps</c>. A program's relocated data has written pages, and is not among them.</summary>
    public static IEnumerable<FileMapping> Unwritten(IEnumerable<string> smaps)
    {
        FileMapping? mapping = null;
        foreach (var line in smaps)
        {
            if (IsHead(line))
            {
                if (mapping is { } whole)
                {
                    yield return whole;
                }

                mapping = OfHead(line);
            }
            else if (IsWritten(line))
            {
                mapping = null;
            }
        }

        if (mapping is { } last)
        {
            yield return last;
        }
    }

    // "55d0c0000000-55d0c0400000 r-xp ...", where a line of figures begins with a name and a colon: "Rss:      4 kB".
    private static bool IsHead(string line) => line.IndexOfAny([' ', ':']) is > 0 and var at && line[at] == ' ';

    private static bool IsWritten(string line) =>
        (line.StartsWith("Anonymous:", StringComparison.Ordinal) || line.StartsWith("Swap:", StringComparison.Ordinal))
        && !line.EndsWith(" 0 kB", StringComparison.Ordinal);

    private static FileMapping? OfHead(string line)
    {
        var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return fields is [var range, Code or Constants, _, _, _, ['/', ..] file]
            && range.Split('-') is [var from, var to]
            && nuint.TryParse(from, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var start)
            && nuint.TryParse(to, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var end)
            && end > start
            ? new FileMapping(start, end, file)
            : null;
    }
}
