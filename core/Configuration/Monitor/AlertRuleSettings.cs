using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>The part of the section <c>alerts</c> of monitor.json that says who is told what, how often, and in how many messages.</summary>
internal static class AlertRuleSettings
{
    public const int MaxRoutes = 64;

    public const int MaxChannelsOfRoute = 16;

    private const string Wildcards = "`*` stands for any run of characters";

    /// <summary>As a file writes them.</summary>
    public static ImmutableArray<(string Text, AlertSeverity Value)> SeverityWords { get; } =
        [("low", AlertSeverity.Low), ("warning", AlertSeverity.Warning), ("critical", AlertSeverity.Critical)];

    public static ImmutableArray<string> ConditionWords { get; } = [.. Enum.GetNames<Condition>()];

    public static ImmutableArray<string> KindWords { get; } = [.. Enum.GetNames<AlertKind>()];

    public static PolicyTable<AlertRules> Rules { get; } =
        new PolicyTable<AlertRules>("alerts", "", AlertRules.Default)
            .Duration("groupWait", "0s", "10s", r => r.GroupWait, (r, v) => r with { GroupWait = v },
                "How long a message waits for other alerts that go into it.")
            .Duration("groupInterval", "0s", "10m", r => r.GroupInterval, (r, v) => r with { GroupInterval = v },
                "Between two messages over one channel: what comes meanwhile goes into one.")
            .Whole("groupMost", 1, 1_000, r => r.GroupMost, (r, v) => r with { GroupMost = (int)v }, "Alerts in one message, at most.")
            .DurationOrNever("remind", "5m", "168h", r => r.Remind, (r, v) => r with { Remind = v },
                "An incident that is open, told and not acknowledged is told again so often.")
            .Word("remindFrom", SeverityWords, r => r.RemindFrom, (r, v) => r with { RemindFrom = v }, "Incidents below this severity are not told again.")
            .Duration("daemonFirst", "0s", "5m", r => r.DaemonFirst, (r, v) => r with { DaemonFirst = v },
                "How long a wallet that suffers from its daemon waits for the daemon's own alert, which hides it.")
            .Duration("giveUpAfter", "5m", "168h", r => r.GiveUpAfter, (r, v) => r with { GiveUpAfter = v },
                "What a channel has not taken by then is given up there and goes to `fallback`.");

    public static Setting Fallback { get; } = new("fallback", NodeShapes.Name, "The channel for what another refused for good, or did not take in `giveUpAfter`.")
    {
        DefaultInWords = "the monitor's log",
        Sensitive = true,
    };

    public static Setting Severities { get; } = new(
        "severities",
        new ValueShape.Map(
            new ValueShape.Text("a condition") { Words = ConditionWords },
            new ValueShape.Text("a severity") { Words = [.. SeverityWords.Select(w => w.Text)], IsShown = true },
            64),
        "`low`, `warning` or `critical`, by the [condition](monitoring.md#conditions) for which a node is down or degraded.")
    {
        DefaultInWords = "down: `critical`; degraded: `warning`",
    };

    public static Setting Subjects { get; } = List("subjects",
        new ValueShape.Text("a node's id, an agent's name or \"monitor\", in which '*' stands for any run of characters", AlertTextPatterns.Subject, MaxLength: 100) { IsShown = true },
        $"Ids of nodes, names of agents, or `monitor`; {Wildcards}.");

    public static Setting Agents { get; } = List("agents",
        new ValueShape.Text("an agent's name, in which '*' stands for any run of characters", AlertTextPatterns.Agent, MaxLength: 100) { IsShown = true },
        $"Names of agents: what is about them, and about all their nodes; `remote` for nodes without one. {Wildcards}.");

    public static Setting Conditions { get; } = List("conditions",
        new ValueShape.Text("a condition") { Words = ConditionWords, IsShown = true }, "The node's [condition](monitoring.md#conditions), such as `Hung`.");

    public static Setting MatchedSeverities { get; } = List("severities",
        new ValueShape.Text("a severity") { Words = [.. SeverityWords.Select(w => w.Text)], IsShown = true }, "`low`, `warning` or `critical`.");

    public static Setting Kinds { get; } = List("kinds",
        new ValueShape.Text("a kind of alert") { Words = KindWords, IsShown = true }, $"What the alert is about: {string.Join(", ", KindWords.Select(w => $"`{w}`"))}.");

    public static Setting Labels { get; } = new("labels", NodeShapes.Labels, $"The node's labels, all of them; {Wildcards} in values.");

    public static Setting Match { get; } = new(
        "match",
        new ValueShape.Group([Subjects, Agents, Conditions, MatchedSeverities, Kinds, Labels]),
        "Which alerts: one value of each member that is given must fit.")
    {
        DefaultInWords = "every alert",
    };

    public static Setting RouteChannels { get; } = new(
        "channels",
        new ValueShape.Texts(NodeShapes.Name, MaxChannelsOfRoute) { Min = 0 },
        "The names of the channels they go to; `[]`: they go nowhere, and that is shown.")
    {
        Required = true,
    };

    public static Setting GoOn { get; } = new("goOn", new ValueShape.Truth(), "True: the routes behind it are read too.") { Default = "false" };

    public static Setting Routes { get; } = new(
        "routes",
        new ValueShape.Groups(new ValueShape.Group([Match, RouteChannels, GoOn]), MaxRoutes),
        "Which alerts go where, in this order; the first route that fits decides.")
    {
        DefaultInWords = "every alert over every channel, as what no route fits",
    };

    /// <summary>All of them, as they stand in the section.</summary>
    public static ImmutableArray<Setting> All { get; } = [.. Rules.Options, Fallback, Severities, Routes];

    public static AlertSeverity Severity(string word) => SeverityWords.First(w => w.Text == word).Value;

    private static Setting List(string key, ValueShape.Text item, string description) => new(key, new ValueShape.Texts(item, AlertMatcher.MostValues), description);
}
