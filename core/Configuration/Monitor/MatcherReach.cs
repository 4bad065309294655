using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What a matcher can fit at all, and whether it fits everything that another one fits. Pure; where it cannot tell, it can fit, and is not as wide.</summary>
internal static class MatcherReach
{
    /// <summary>What each member that is given can fit, by its key.</summary>
    public static IEnumerable<(string Key, SubjectForms Forms)> Members(AlertMatcher match)
    {
        if (!match.Subjects.IsEmpty)
        {
            yield return ("subjects", match.Subjects.Aggregate(SubjectForms.None, (f, s) => f | OfSubject(s)));
        }

        if (!match.Agents.IsEmpty)
        {
            yield return ("agents", SubjectForms.Nodes | SubjectForms.Agents);
        }

        if (!match.Conditions.IsEmpty)
        {
            yield return ("conditions", SubjectForms.Nodes);
        }

        if (!match.Kinds.IsEmpty)
        {
            yield return ("kinds", match.Kinds.Aggregate(SubjectForms.None, (f, k) => f | OfKind(k)));
        }

        if (match.Labels is { Count: > 0 })
        {
            yield return ("labels", SubjectForms.Nodes);
        }
    }

    /// <summary>Every alert that fits the other fits this one.</summary>
    public static bool IsAsWideAs(this AlertMatcher wide, AlertMatcher narrow) =>
        (Patterns(wide.Subjects, narrow.Subjects) || wide.Subjects.Contains("*"))
        && (Patterns(wide.Agents, narrow.Agents) || (narrow.Agents.IsEmpty && AgentsOf(narrow.Subjects) is { IsEmpty: false } agents && Patterns(wide.Agents, agents)))
        && Values(wide.Conditions, narrow.Conditions)
        && (Values(wide.Severities, narrow.Severities) || Enum.GetValues<AlertSeverity>().All(wide.Severities.Contains))
        && (Values(wide.Kinds, narrow.Kinds) || Enum.GetValues<AlertKind>().All(wide.Kinds.Contains))
        && (wide.Labels is null || wide.Labels.All(l => narrow.Labels?.TryGetValue(l.Key, out var value) == true && Wildcard.Fits(l.Value, value)));

    /// <summary>The agents of subjects that are all nodes of certain agents; none where one is not.</summary>
    public static ImmutableArray<string> AgentsOf(ImmutableArray<string> subjects)
    {
        var agents = subjects.Select(s => s.Split('.') is [var agent, _] ? agent : "*").ToImmutableArray();
        return agents.Any(a => a.Contains('*', StringComparison.Ordinal)) ? [] : agents;
    }

    private static SubjectForms OfSubject(string pattern) =>
        pattern == NodeId.Monitor ? SubjectForms.Monitor
        : pattern.Contains('.', StringComparison.Ordinal) ? SubjectForms.Nodes
        : !pattern.Contains('*', StringComparison.Ordinal) ? SubjectForms.Agents
        : SubjectForms.Nodes | SubjectForms.Agents | (Wildcard.Fits(pattern, NodeId.Monitor) ? SubjectForms.Monitor : SubjectForms.None);

    private static SubjectForms OfKind(AlertKind kind) => kind switch
    {
        AlertKind.AgentSilent or AlertKind.AgentBack or AlertKind.LateEvents => SubjectForms.Agents,
        AlertKind.MonitorInDoubt or AlertKind.ConfigurationRefused or AlertKind.Test => SubjectForms.Monitor,
        AlertKind.Down or AlertKind.Degraded or AlertKind.Restarted or AlertKind.Noted or AlertKind.BreakerOpened or AlertKind.RestartFailed => SubjectForms.Nodes,
        _ => SubjectForms.All,
    };

    // A pattern that fits another one's text, its '*' as they stand, fits whatever that other one fits.
    private static bool Patterns(ImmutableArray<string> wide, ImmutableArray<string> narrow) =>
        wide.IsEmpty || (!narrow.IsEmpty && narrow.All(n => wide.Any(w => Wildcard.Fits(w, n))));

    private static bool Values<T>(ImmutableArray<T> wide, ImmutableArray<T> narrow) => wide.IsEmpty || (!narrow.IsEmpty && narrow.All(wide.Contains));
}
