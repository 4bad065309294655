using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>What the kernel says of this process; null where it does not say.</summary>
public sealed record ProcessFacts
{
    public required TimeSpan Cpu { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public long? ResidentBytes { get; init; }

    public long? VirtualBytes { get; init; }

    public long? OpenFiles { get; init; }

    public long? MostFiles { get; init; }

    /// <summary>The soft limit of open files, from the lines of <c>/proc/self/limits</c>; null where it is not there, or is none.</summary>
    public static long? MostFilesOf(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..] && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : null;
    }
}
