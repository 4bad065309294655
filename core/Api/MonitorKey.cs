using System.Diagnostics.CodeAnalysis;

namespace MoneroCloud.Core;

/// <summary>A key for the monitor's API. Its text never shows the value, so it cannot slip into a log.</summary>
public sealed class MonitorKey
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 256;

    private readonly string value;

    private MonitorKey(string value) => this.value = value;

    /// <summary>Reads a key: 1 to 256 printable ASCII characters without spaces. Line ends around it are left out, as a file has them.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MonitorKey? key)
    {
        var plain = text?.Trim('\r', '\n') ?? "";
        key = plain.Length is > 0 and <= MaxLength && plain.All(c => c is > ' ' and <= '~') ? new MonitorKey(plain) : null;
        return key is not null;
    }

    public override string ToString() => "(key)";

    /// <summary>For the header of a request, and to keep it out of what is shown.</summary>
    internal string Reveal() => value;
}
