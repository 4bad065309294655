using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What a silence matches, as the options that make it.</summary>
internal static class MatchText
{
    public static string Of(AlertMatch match)
    {
        (string Name, ImmutableArray<string>? Values)[] parts =
        [
            ("subject", match.Subjects),
            ("agent", match.Agents),
            ("condition", match.Conditions),
            ("severity", match.Severities),
            ("kind", match.Kinds),
            ("label", match.Labels is { Count: > 0 } labels ? [.. labels.Select(l => $"{l.Key}={l.Value}")] : null),
        ];
        return string.Join("; ", parts.Where(p => p.Values is { IsDefaultOrEmpty: false }).Select(p => $"{p.Name} {string.Join(", ", p.Values!.Value)}"));
    }
}
