using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Reads who is told what from the section <c>alerts</c> of monitor.json.</summary>
/// <param name="channels">The names of all channels.</param>
/// <param name="nodes">The nodes of the file, for warnings.</param>
internal sealed class AlertRuleReader(ImmutableArray<string> channels, ImmutableArray<ConfiguredNode> nodes)
{
    /// <param name="alerts">Null where it is missing.</param>
    public AlertRules Read(ConfigSection? alerts)
    {
        if (alerts is null)
        {
            return AlertRules.Default with { Channels = channels };
        }

        ImmutableArray<ReadRoute> routes = [.. alerts.Groups(AlertRuleSettings.Routes).Select(Route)];
        var rules = AlertRuleSettings.Rules.Of(alerts) with
        {
            Channels = channels,
            Fallback = Fallback(alerts),
            Severities = Severities(alerts),
            Routes = routes.Select(r => r.Route).ToImmutableArray(),
        };
        new AlertRuleWarnings(alerts, rules, nodes).Tell(routes);
        return rules;
    }

    private string? Fallback(ConfigSection alerts)
    {
        var name = alerts.Text(AlertRuleSettings.Fallback);
        if (name is not null && !channels.Contains(name))
        {
            alerts.RefuseUnshown(AlertRuleSettings.Fallback, $"\"{name}\" {NoChannel(name)}");
        }

        return name;
    }

    private static ImmutableDictionary<Condition, AlertSeverity> Severities(ConfigSection alerts)
    {
        var given = alerts.Map(AlertRuleSettings.Severities);
        foreach (var (condition, severity) in given)
        {
            if (Diagnoser.StateOf(Enum.Parse<Condition>(condition)) is not (HealthState.Down or HealthState.Degraded))
            {
                alerts.Warn(AlertRuleSettings.Severities, severity, "has no effect: no node is down or degraded for it");
            }
        }

        return given.ToImmutableDictionary(s => Enum.Parse<Condition>(s.Key), s => AlertRuleSettings.Severity(s.Value.Value));
    }

    private ReadRoute Route(ConfigSection section)
    {
        var match = section.Group(AlertRuleSettings.Match);
        var names = section.Texts(AlertRuleSettings.RouteChannels);
        foreach (var name in names.Where(n => !channels.Contains(n.Value)))
        {
            section.Refuse(AlertRuleSettings.RouteChannels, name, NoChannel(name.Value));
        }

        var route = new AlertRoute(match is null ? new AlertMatcher() : Matcher(match), [.. names.Select(n => n.Value).Distinct()], section.Truth(AlertRuleSettings.GoOn) ?? false);
        return new ReadRoute(section, match, route);
    }

    private static AlertMatcher Matcher(ConfigSection match)
    {
        var labels = match.Map(AlertRuleSettings.Labels);
        return new AlertMatcher
        {
            Subjects = Texts(match, AlertRuleSettings.Subjects),
            Agents = Texts(match, AlertRuleSettings.Agents),
            Conditions = [.. Texts(match, AlertRuleSettings.Conditions).Select(Enum.Parse<Condition>)],
            Severities = [.. Texts(match, AlertRuleSettings.MatchedSeverities).Select(AlertRuleSettings.Severity)],
            Kinds = [.. Texts(match, AlertRuleSettings.Kinds).Select(Enum.Parse<AlertKind>)],
            Labels = labels.IsEmpty ? null : labels.ToImmutableSortedDictionary(l => l.Key, l => l.Value.Value, StringComparer.Ordinal),
        };
    }

    private static ImmutableArray<string> Texts(ConfigSection match, Setting setting) => [.. match.Texts(setting).Select(t => t.Value)];

    private string NoChannel(string name) =>
        NearestKey.Find(name, channels) is { } near ? $"is not the name of a channel; did you mean \"{near}\"?" : $"is not the name of a channel: {string.Join(", ", channels)}";
}
