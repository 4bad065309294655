using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Warns of rules that can never match: each was meant for something.</summary>
internal sealed class AlertRuleWarnings(ConfigSection alerts, AlertRules rules, ImmutableArray<ConfiguredNode> nodes)
{
    private readonly ImmutableArray<string> _remote = [.. nodes.OfType<ConfiguredNode.Remote>().Select(n => n.Id.ToString())];

    public void Tell(ImmutableArray<ReadRoute> routes)
    {
        var reached = ImmutableArray.CreateBuilder<AlertRoute>();
        foreach (var route in routes)
        {
            if (CannotFit(route.Route.Match) is { } why)
            {
                route.Section.Warn(AlertRuleSettings.Match, $"can never fit: {why}");
            }
            else if (reached.FirstOrDefault(r => !r.GoOn && r.Match.IsAsWideAs(route.Route.Match)) is { } before)
            {
                route.Section.Warn(AlertRuleSettings.Match, $"is never reached: routes[{rules.Routes.IndexOf(before)}] fits all that this one fits, and does not go on");
            }
            else
            {
                reached.Add(route.Route);
            }

            TellOfValues(route);
        }

        TellOfChannels(reached.ToImmutable());
    }

    /// <returns>Null when something can.</returns>
    private static string? CannotFit(AlertMatcher match)
    {
        var members = MatcherReach.Members(match).ToList();
        if (members.Aggregate(SubjectForms.All, (f, m) => f & m.Forms) == SubjectForms.None)
        {
            return string.Join(", ", members.Where(m => m.Forms != SubjectForms.All).Select(m => $"{m.Key} means {Words(m.Forms)} only"));
        }

        var agents = MatcherReach.AgentsOf(match.Subjects);
        return !agents.IsEmpty && !match.Agents.IsEmpty && !agents.Any(a => match.Agents.Any(p => Wildcard.Fits(p, a)))
            ? "none of subjects is of one of agents"
            : null;
    }

    private void TellOfValues(ReadRoute route)
    {
        var match = route.Route.Match;
        foreach (var subject in match.Subjects.Where(s => s.StartsWith($"{NodeId.Remote}.", StringComparison.Ordinal) && !_remote.Any(r => Wildcard.Fits(s, r))))
        {
            route.Match!.Warn(AlertRuleSettings.Subjects, $"\"{subject}\" fits nothing: no such node stands in nodes");
        }

        foreach (var subject in match.Subjects.Where(s => s == NodeId.Remote || s.StartsWith($"{NodeId.Monitor}.", StringComparison.Ordinal)))
        {
            route.Match!.Warn(AlertRuleSettings.Subjects, $"\"{subject}\" fits nothing: no agent is called {NodeId.Remote} or {NodeId.Monitor}; nodes without an agent are {NodeId.Remote}.*");
        }

        if (match.Agents.Contains(NodeId.Remote) && _remote.IsEmpty)
        {
            route.Match!.Warn(AlertRuleSettings.Agents, $"\"{NodeId.Remote}\" fits nothing: no node without an agent stands in nodes");
        }

        if (match.Agents.Contains(NodeId.Monitor))
        {
            route.Match!.Warn(AlertRuleSettings.Agents, $"\"{NodeId.Monitor}\" fits nothing: no agent is called so; what is about the monitor itself is meant by \"{NodeId.Monitor}\" in subjects");
        }
    }

    /// <summary>What no route fits goes over every channel, so one is unused only where a route fits everything.</summary>
    private void TellOfChannels(ImmutableArray<AlertRoute> reached)
    {
        if (reached.FirstOrDefault(r => r.Match.IsEmpty()) is not { } all)
        {
            return;
        }

        foreach (var channel in rules.Channels.Where(c => c != rules.Fallback && !reached.Any(r => r.Channels.Contains(c))))
        {
            alerts.Warn(AlertRuleSettings.Routes, $"no alert goes to the channel \"{channel}\": no route that is reached names it, and routes[{rules.Routes.IndexOf(all)}] fits every alert");
        }
    }

    private static string Words(SubjectForms forms) => string.Join(" and ", new[]
    {
        forms.HasFlag(SubjectForms.Nodes) ? "nodes" : null,
        forms.HasFlag(SubjectForms.Agents) ? "agents" : null,
        forms.HasFlag(SubjectForms.Monitor) ? "the monitor" : null,
    }.OfType<string>());
}
