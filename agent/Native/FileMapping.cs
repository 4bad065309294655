using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>Read-only memory that a program or library is mapped to from its file.</summary>
internal readonly record struct FileMapping(nuint Start, nuint End, string File)
{
    private const string Code = "r-xp";
    private const string Constants = "r--p";

    /// <summary>Those of this process.</summary>
    public static IEnumerable<FileMapping> All() => System.IO.File.ReadLines("/proc/self/maps").Select(OfLine).OfType<FileMapping>();

    /// <summary>Reads a line of <c>/proc/PID/maps</c>; null for anything else.</summary>
    public static FileMapping? OfLine(string line)
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
