using System.Text.RegularExpressions;

namespace MoneroCloud.Core;

/// <summary>The patterns of texts of the alert rules; written as those of <see cref="TextPatterns"/>.</summary>
internal static partial class AlertTextPatterns
{
    [GeneratedRegex(@"^[a-z0-9*][a-z0-9*-]*(\.[a-z0-9*][a-z0-9*-]*)?$")]
    public static partial Regex Subject { get; }

    [GeneratedRegex("^[a-z0-9*][a-z0-9*-]*$")]
    public static partial Regex Agent { get; }
}
