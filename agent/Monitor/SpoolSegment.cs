using System.Globalization;

namespace MoneroCloud.Agent;

/// <summary>One file of the spool: the events of one epoch from a number on, up to the next file's.</summary>
/// <param name="First">The number of its first event.</param>
internal sealed record SpoolSegment(string File, long Epoch, long First)
{
    private const string Extension = ".jsonl";

    /// <summary>Whole lines only are counted.</summary>
    public long Length { get; set; }

    public static SpoolSegment At(string folder, long epoch, long first) =>
        new(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{epoch}-{first}{Extension}")), epoch, first);

    /// <summary>The segments of a folder, oldest first.</summary>
    public static IEnumerable<SpoolSegment> Find(string folder) => Directory
        .EnumerateFiles(folder, "*" + Extension)
        .Select(TryParse)
        .OfType<SpoolSegment>()
        .OrderBy(s => s.Epoch)
        .ThenBy(s => s.First);

    private static SpoolSegment? TryParse(string file) =>
        Path.GetFileNameWithoutExtension(file).Split('-') is [var epoch, var first]
        && long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var e)
        && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var f)
            ? new SpoolSegment(file, e, f) { Length = new FileInfo(file).Length }
            : null;
}
