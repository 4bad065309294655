using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// Which alerts are meant: of every member that is given one value must fit, and all labels. One without any member fits every alert. Settable, so
/// that what a stored text leaves out keeps its default.
/// </summary>
public sealed record AlertMatcher
{
    /// <summary>Most values of one member.</summary>
    public const int MostValues = 64;

    /// <summary>Ids of nodes, names of agents, or <c>monitor</c>; <c>*</c> stands for any run of characters.</summary>
    public ImmutableArray<string> Subjects { get; set; } = [];

    /// <summary>Names of agents: fits what is about them and about all their nodes. <c>*</c> as above.</summary>
    public ImmutableArray<string> Agents { get; set; } = [];

    public ImmutableArray<Condition> Conditions { get; set; } = [];

    public ImmutableArray<AlertSeverity> Severities { get; set; } = [];

    public ImmutableArray<AlertKind> Kinds { get; set; } = [];

    /// <summary>The node's labels; <c>*</c> as above. A subject without that label does not fit.</summary>
    public ImmutableSortedDictionary<string, string>? Labels { get; set; }

    /// <summary>Whether it fits every alert.</summary>
    public bool IsEmpty() => Subjects.IsEmpty && Agents.IsEmpty && Conditions.IsEmpty && Severities.IsEmpty && Kinds.IsEmpty && Labels is null or { Count: 0 };

    public bool Fits(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return (Subjects.IsEmpty || Subjects.Any(s => Wildcard.Fits(s, alert.Subject)))
            && (Agents.IsEmpty || (alert.Agent() is { } agent && Agents.Any(a => Wildcard.Fits(a, agent))))
            && (Conditions.IsEmpty || (alert.Condition is { } condition && Conditions.Contains(condition)))
            && (Severities.IsEmpty || Severities.Contains(alert.Severity))
            && (Kinds.IsEmpty || Kinds.Contains(alert.Kind))
            && (Labels is null || Labels.All(l => alert.Labels?.TryGetValue(l.Key, out var value) == true && Wildcard.Fits(l.Value, value)));
    }
}
