using System.Text.RegularExpressions;

namespace MoneroCloud.Agent;

/// <summary>The patterns of texts that only agent.json has; written as those of <c>TextPatterns</c>.</summary>
internal static partial class AgentTextPatterns
{
    [GeneratedRegex("^(file:.+|env:[A-Za-z_][A-Za-z0-9_]*)$")]
    public static partial Regex Secret { get; }

    [GeneratedRegex(@"^(?!\.\.?$)(?!.*\.keys$)[^/]+$")]
    public static partial Regex WalletFile { get; }

    [GeneratedRegex(@"^(?!-)(?!.*@\.service$)[A-Za-z0-9:_.\\@-]+\.service$")]
    public static partial Regex Unit { get; }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    public static partial Regex Variable { get; }
}
