using System.Collections.Immutable;
using CsCheck;
using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>Alerts as the monitor makes them, and matchers of any kind.</summary>
internal static class SomeAlerts
{
    private static readonly string[] Agents = ["host-1", "host-2", "yard", "remote"];
    private static readonly string[] Names = ["main", "cold", "main-2"];
    private static readonly string[] Patterns = ["*", "host-1", "host-*", "*-1", "yard", "remote", "monitor", "mon*"];
    private static readonly AlertKind[] OfNodes = [AlertKind.Down, AlertKind.Degraded, AlertKind.Recovered, AlertKind.Restarted, AlertKind.Noted, AlertKind.BreakerOpened, AlertKind.RestartFailed];
    private static readonly AlertKind[] OfAgents = [AlertKind.AgentSilent, AlertKind.AgentBack, AlertKind.LateEvents];
    private static readonly AlertKind[] OfMonitor = [AlertKind.MonitorInDoubt, AlertKind.ConfigurationRefused, AlertKind.Recovered];

    private static readonly Gen<AlertSeverity> Severity = Gen.Enum<AlertSeverity>();
    private static readonly Gen<Condition> Condition = Gen.Enum<Condition>();

    private static readonly Gen<ImmutableSortedDictionary<string, string>?> Labels =
        Gen.Select(OneOf("tier", "zone"), OneOf("cold", "hot", "eu-1")).List[0, 2].Select(l => l.Count == 0 ? null : l.DistinctBy(p => p.Item1).ToImmutableSortedDictionary(p => p.Item1, p => p.Item2));

    public static Gen<Alert> Any { get; } = Gen.OneOf(
        Gen.Select(OneOf(Agents), OneOf(Names), OneOf(OfNodes), Severity, Condition, Labels, (agent, name, kind, severity, condition, labels) =>
            Of($"{agent}.{name}", kind, severity, condition) with { Labels = labels }),
        Gen.Select(OneOf("host-1", "host-2", "yard"), OneOf(OfAgents), Severity, (agent, kind, severity) => Of(agent, kind, severity)),
        Gen.Select(OneOf(OfMonitor), Severity, (kind, severity) => Of(NodeId.Monitor, kind, severity)));

    public static Gen<AlertMatcher> Matcher { get; } = Gen.Select(
        Few(Gen.OneOf(OneOf(Patterns), Gen.Select(OneOf(Patterns), OneOf("main", "*", "main*"), (agent, name) => $"{agent}.{name}"))),
        Few(OneOf(Patterns)),
        Few(Condition),
        Few(Severity),
        Few(Gen.Enum<AlertKind>()),
        Gen.Select(OneOf("tier", "zone"), OneOf("cold", "*", "eu-*")).List[0, 1],
        (subjects, agents, conditions, severities, kinds, labels) => new AlertMatcher
        {
            Subjects = subjects,
            Agents = agents,
            Conditions = conditions,
            Severities = severities,
            Kinds = kinds,
            Labels = labels.Count == 0 ? null : labels.ToImmutableSortedDictionary(p => p.Item1, p => p.Item2),
        });

    public static Alert Of(string subject, AlertKind kind = AlertKind.Down, AlertSeverity severity = AlertSeverity.Critical, Condition? condition = null) => new()
    {
        Id = "0123456789abcdef01234567",
        Subject = subject,
        Kind = kind,
        Severity = severity,
        At = Given.Now,
        Due = Given.Now,
        Title = "t",
        Text = "x",
        Condition = condition,
    };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Mostly none.</summary>
    private static Gen<ImmutableArray<T>> Few<T>(Gen<T> item) => Gen.Frequency((3, Gen.Const(ImmutableArray<T>.Empty)), (2, item.Array[1, 3].Select(a => a.ToImmutableArray())));
}
