using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>
/// An <see cref="AlertMatcher"/> as a client writes it and is shown it. What it does not know it keeps, so that it can be refused: a member that is
/// passed over would make a silence wider than it was meant.
/// </summary>
public sealed record AlertMatch
{
    /// <summary>Ids of nodes, names of agents, or <c>monitor</c>; <c>*</c> stands for any run of characters.</summary>
    public ImmutableArray<string>? Subjects { get; set; }

    /// <summary>Names of agents: what is about them and about all their nodes. <c>*</c> as above.</summary>
    public ImmutableArray<string>? Agents { get; set; }

    public ImmutableArray<string>? Conditions { get; set; }

    public ImmutableArray<string>? Severities { get; set; }

    public ImmutableArray<string>? Kinds { get; set; }

    /// <summary>Of the node; all must fit. <c>*</c> as above.</summary>
    public ImmutableSortedDictionary<string, string>? Labels { get; set; }

    /// <summary>Members that no matcher has.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    public static AlertMatch Of(AlertMatcher matcher)
    {
        ArgumentNullException.ThrowIfNull(matcher);
        return new AlertMatch
        {
            Subjects = Some(matcher.Subjects),
            Agents = Some(matcher.Agents),
            Conditions = Some(matcher.Conditions),
            Severities = Some(matcher.Severities),
            Kinds = Some(matcher.Kinds),
            Labels = matcher.Labels is { Count: > 0 } labels ? labels : null,
        };
    }

    private static ImmutableArray<string>? Some<T>(ImmutableArray<T> values)
        where T : notnull => values.IsDefaultOrEmpty ? null : [.. values.Select(v => v.ToString()!)];
}
