using System.Text.RegularExpressions;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The lines of the channel <c>log</c>.</summary>
internal static partial class AlertLines
{
    /// <summary>How often each alert of an agent's nodes was told, by its id.</summary>
    public static Dictionary<string, int> Count(IEnumerable<string> output, string agent) => Count(output, subject => subject.StartsWith($"{agent}.", StringComparison.Ordinal));

    /// <summary>How often each alert was told, whatever its subject.</summary>
    public static Dictionary<string, int> Count(IEnumerable<string> output) => Count(output, _ => true);

    private static Dictionary<string, int> Count(IEnumerable<string> output, Func<string, bool> wanted) => output.Select(line => AlertLine().Match(line))
        .Where(m => m.Success && wanted(m.Groups["subject"].Value))
        .GroupBy(m => m.Groups["id"].Value).ToDictionary(g => g.Key, g => g.Count());

    [GeneratedRegex(@" ALERT [A-Za-z]+: (?<subject>[^ ]+) .* \[(?<id>[0-9a-f]{24}):log\]$")]
    private static partial Regex AlertLine();
}
