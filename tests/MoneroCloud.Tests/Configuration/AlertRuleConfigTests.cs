using System.Collections.Immutable;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class AlertRuleConfigTests
{
    private readonly MonitorFolder _folder = new();

    [Fact]
    public void Without_rules_they_have_their_defaults_and_go_over_every_channel()
    {
        var rules = _folder.Accept("""{ "alerts": { "channels": [{ "name": "a", "kind": "log" }, { "name": "b", "kind": "log" }] } }""").Rules;

        Assert.Equal(["a", "b"], rules.Channels);
        Assert.Equal((AlertRules.Default.GroupWait, AlertRules.Default.Remind, AlertRules.Default.GroupMost), (rules.GroupWait, rules.Remind, rules.GroupMost));
        Assert.Equal((null, 0, 0), (rules.Fallback, rules.Routes.Length, rules.Severities.Count));
        Assert.Equal(["log"], _folder.Accept("{}").Rules.Channels);
    }

    [Fact]
    public void Every_rule_of_the_file_is_taken()
    {
        var rules = _folder.Accept(Rules(
            """
            "severities": { "WalletBehind": "low", "Busy": "critical" }, "fallback": "b", "groupWait": "0s", "groupInterval": "1m", "groupMost": 20,
            "remind": "never", "remindFrom": "critical", "daemonFirst": "30s", "giveUpAfter": "1h",
            "routes": [
              { "match": { "subjects": ["host-1.*"], "agents": ["host-1"], "conditions": ["Hung", "Exited"], "severities": ["critical"], "kinds": ["Down"], "labels": { "tier": "c*" } }, "channels": ["a", "b"], "goOn": true },
              { "channels": [] },
            ]
            """)).Rules;

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(1), 20, null, AlertSeverity.Critical), (rules.GroupWait, rules.GroupInterval, rules.GroupMost, rules.Remind, rules.RemindFrom));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromHours(1), "b"), (rules.DaemonFirst, rules.GiveUpAfter, rules.Fallback));
        Assert.Equal((AlertSeverity.Low, AlertSeverity.Critical, 2), (rules.Severities[Condition.WalletBehind], rules.Severities[Condition.Busy], rules.Severities.Count));
        var (match, channels, goOn) = rules.Routes[0];
        Assert.Equal(("host-1.*", "host-1", AlertSeverity.Critical, AlertKind.Down, "c*"), (match.Subjects.Single(), match.Agents.Single(), match.Severities.Single(), match.Kinds.Single(), match.Labels!["tier"]));
        Assert.Equal([Condition.Hung, Condition.Exited], match.Conditions);
        Assert.Equal((2, true), (channels.Length, goOn));
        Assert.Equal((true, 0, false), (rules.Routes[1].Match.IsEmpty(), rules.Routes[1].Channels.Length, rules.Routes[1].GoOn));
    }

    [Fact]
    public void The_policy_that_is_used_has_the_rules_and_the_address_of_links()
    {
        var config = _folder.Accept("""{ "publicUrl": "https://m.example.org", "alerts": { "remind": "1h" } }""");
        var policy = Functions.MonitorPolicyOf.Config(config, ImmutableDictionary<string, string>.Empty, TimeSpan.FromSeconds(60), out _)!;

        Assert.Equal((TimeSpan.FromHours(1), "https://m.example.org/"), (policy.Rules.Remind, policy.PublicUrl!.ToString()));
    }

    [Theory]
    [InlineData("\"remind\": \"4m\"", "remind: \"4m\" is out of range, 5m to 168h")]
    [InlineData("\"remind\": \"always\"", "remind: \"always\" must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\", or \"never\"")]
    [InlineData("\"remind\": false", "remind: must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\", or \"never\", not true or false")]
    [InlineData("\"groupWait\": \"11s\"", "groupWait: \"11s\" is out of range, 0ms to 10s")]
    [InlineData("\"groupWait\": \"never\"", "groupWait: \"never\" must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\"")]
    [InlineData("\"groupMost\": 0", "groupMost: 0 is out of range, 1 to 1000")]
    [InlineData("\"remindFrom\": \"high\"", "remindFrom: \"high\" must be \"low\" or \"warning\" or \"critical\"")]
    [InlineData("\"severities\": { \"Hang\": \"low\" }", "severities.Hang: the name is not a condition; did you mean \"Hung\"?")]
    [InlineData("\"severities\": { \"hung\": \"low\" }", "severities.hung: the name is not a condition; did you mean \"Hung\"?")]
    [InlineData("\"severities\": { \"Hung\": \"warn\" }", "severities.Hung: \"warn\" is not a severity: low, warning, critical")]
    [InlineData("\"severities\": { \"Hung\": \"warnin\" }", "severities.Hung: \"warnin\" is not a severity; did you mean \"warning\"?")]
    [InlineData("\"fallback\": \"logg\"", "fallback: \"logg\" is not the name of a channel: a, b")]
    [InlineData("\"fallback\": \"https://hook/sig-hunter2\"", "fallback: is not a name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("\"routes\": []", "routes: is empty")]
    [InlineData("\"routes\": [{}]", "routes[0].channels: is missing")]
    [InlineData("\"routes\": [{ \"channels\": [\"c\"] }]", "routes[0].channels[0]: \"c\" is not the name of a channel; did you mean \"a\"?")]
    [InlineData("\"routes\": [{ \"channels\": [\"https://hook/sig-hunter2\"] }]", "routes[0].channels[0]: is not a name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"continue\": true }]", "routes[0].continue: is not a known key")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"match\": { \"condition\": [\"Hung\"] } }]", "routes[0].match.condition: is not a known key; did you mean \"conditions\"?")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"match\": { \"subjects\": [] } }]", "routes[0].match.subjects: is empty")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"match\": { \"subjects\": [\"a.b.c\"] } }]", "routes[0].match.subjects[0]: \"a.b.c\" is not a node's id, an agent's name or \"monitor\", in which '*' stands for any run of characters")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"match\": { \"agents\": [\"host-1.main\"] } }]", "routes[0].match.agents[0]: \"host-1.main\" is not an agent's name, in which '*' stands for any run of characters")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"match\": { \"kinds\": [\"Silent\"] } }]", "routes[0].match.kinds[0]: \"Silent\" is not a kind of alert: Down, ")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"match\": { \"kinds\": [\"agentSilent\"] } }]", "routes[0].match.kinds[0]: \"agentSilent\" is not a kind of alert; did you mean \"AgentSilent\"?")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"match\": { \"conditions\": [\"Exit\"] } }]", "routes[0].match.conditions[0]: \"Exit\" is not a condition; did you mean \"Exited\"?")]
    [InlineData("\"routes\": [{ \"channels\": [\"a\"], \"match\": { \"severities\": [\"Critical\"] } }]", "routes[0].match.severities[0]: \"Critical\" is not a severity; did you mean \"critical\"?")]
    public void A_wrong_rule_is_refused_with_key_and_value(string member, string expected) =>
        Assert.StartsWith("monitor.json:2: alerts." + expected, Assert.Single(_folder.Errors(Rules(member))));

    [Fact]
    public void At_most_64_routes_with_64_values_of_a_member_are_allowed()
    {
        static string Route(int values) => $$"""{ "match": { "subjects": [{{string.Join(',', Enumerable.Range(0, values).Select(i => $"\"h.n{i}\""))}}] }, "channels": ["a"] }""";

        Assert.Equal(64, _folder.Accept(Rules($"\"routes\": [{string.Join(',', Enumerable.Repeat(Route(64), 64))}]")).Rules.Routes.Length);
        Assert.Equal(["monitor.json:2: alerts.routes: has 65 entries, at most 64 are allowed"], _folder.Errors(Rules($"\"routes\": [{string.Join(',', Enumerable.Repeat(Route(1), 65))}]")));
        Assert.Equal(["monitor.json:2: alerts.routes[0].match.subjects: has 65 entries, at most 64 are allowed"], _folder.Errors(Rules($"\"routes\": [{Route(65)}]")));
    }

    [Theory]
    [InlineData("Alerts__Remind", "never")]
    [InlineData("Alerts__Fallback", "log")]
    [InlineData("ALERTS__REMINDFROM", "low")]
    public void A_single_rule_can_be_overridden(string variable, string value)
    {
        _folder.Set(variable, value);
        var rules = _folder.Accept("""{ "alerts": { "remind": "1h" } }""").Rules;

        Assert.Equal(
            (variable.EndsWith("Remind", StringComparison.Ordinal) ? null : TimeSpan.FromHours(1), variable.EndsWith("Fallback", StringComparison.Ordinal) ? "log" : null, variable.StartsWith("ALERTS", StringComparison.Ordinal) ? AlertSeverity.Low : AlertSeverity.Warning),
            (rules.Remind, rules.Fallback, rules.RemindFrom));
    }

    [Theory]
    [InlineData("A route behind one that fits all", """[{ "channels": ["a", "b"] }, { "match": { "agents": ["x"] }, "channels": ["a"] }]""", "routes[1].match: is never reached: routes[0] fits all that this one fits, and does not go on")]
    [InlineData("A narrower one", """[{ "match": { "agents": ["h*"] }, "channels": ["a"] }, { "match": { "subjects": ["h1.main"], "kinds": ["Down"] }, "channels": ["b"] }]""", "routes[1].match: is never reached: routes[0] fits all that this one fits, and does not go on")]
    [InlineData("All severities", """[{ "match": { "severities": ["low", "warning", "critical"] }, "channels": ["a", "b"] }, { "match": { "agents": ["x"] }, "channels": ["a"] }]""", "routes[1].match: is never reached: routes[0] fits all that this one fits, and does not go on")]
    [InlineData("A remote node that is not there", """[{ "match": { "subjects": ["remote.warm", "remote.c*"] }, "channels": ["a"] }]""", "routes[0].match.subjects: \"remote.warm\" fits nothing: no such node stands in nodes")]
    [InlineData("The monitor as an agent", """[{ "match": { "agents": ["monitor", "h"] }, "channels": ["a"] }]""", "routes[0].match.agents: \"monitor\" fits nothing: no agent is called so; what is about the monitor itself is meant by \"monitor\" in subjects")]
    [InlineData("Remote as a subject", """[{ "match": { "subjects": ["remote"] }, "channels": ["a"] }]""", "routes[0].match.subjects: \"remote\" fits nothing: no agent is called remote or monitor; nodes without an agent are remote.*")]
    [InlineData("A condition of what has none", """[{ "match": { "conditions": ["Hung"], "kinds": ["AgentSilent", "MonitorInDoubt"] }, "channels": ["a"] }]""", "routes[0].match: can never fit: conditions means nodes only, kinds means agents and the monitor only")]
    [InlineData("Labels of the monitor", """[{ "match": { "subjects": ["monitor"], "labels": { "tier": "*" } }, "channels": ["a"] }]""", "routes[0].match: can never fit: subjects means the monitor only, labels means nodes only")]
    [InlineData("Nodes of other agents", """[{ "match": { "subjects": ["h1.main"], "agents": ["h2", "y*"] }, "channels": ["a"] }]""", "routes[0].match: can never fit: none of subjects is of one of agents")]
    [InlineData("A channel that nothing goes to", """[{ "channels": ["a"] }]""", "routes: no alert goes to the channel \"b\": no route that is reached names it, and routes[0] fits every alert")]
    [InlineData("One behind it only", """[{ "channels": ["a"] }, { "match": { "agents": ["x"] }, "channels": ["b"] }]""", "routes: no alert goes to the channel \"b\": no route that is reached names it, and routes[0] fits every alert")]
    public void A_rule_that_can_never_match_is_warned_of(string what, string routes, string expected)
    {
        var warnings = _folder.Warnings(Rules("\"routes\": " + routes));

        Assert.True(warnings.Contains($"monitor.json:2: alerts.{expected}"), $"{what}: {string.Join('\n', warnings)}");
    }

    [Fact]
    public void Agents_called_remote_fit_nothing_where_no_such_node_is_configured()
    {
        const string Routes = """ "alerts": { "routes": [{ "match": { "agents": ["remote"] }, "channels": ["log"] }] } """;

        Assert.Equal(["monitor.json:1: alerts.routes[0].match.agents: \"remote\" fits nothing: no node without an agent stands in nodes"], _folder.Warnings($"{{ {Routes} }}"));
        Assert.Empty(_folder.Warnings($$"""{ "nodes": { {{MonitorFolder.Remote}} }, {{Routes}} }"""));
    }

    [Fact]
    public void The_severity_of_what_makes_no_node_fail_is_warned_of() => Assert.Equal(
        [
            "monitor.json:2: alerts.severities.AgentSilent: has no effect: no node is down or degraded for it",
            "monitor.json:2: alerts.severities.Healthy: has no effect: no node is down or degraded for it",
        ],
        _folder.Warnings(Rules("\"severities\": { \"Healthy\": \"low\", \"AgentSilent\": \"critical\", \"Hung\": \"warning\" }")));

    /// <summary>The negative: rules that mean something.</summary>
    [Theory]
    [InlineData("""[{ "channels": ["a", "b"], "goOn": true }, { "match": { "agents": ["x"] }, "channels": ["a"] }]""")]
    [InlineData("""[{ "match": { "agents": ["x"] }, "channels": ["a"] }, { "channels": ["b"] }]""")]
    [InlineData("""[{ "match": { "agents": ["x"] }, "channels": ["a"] }]""")]
    [InlineData("""[{ "match": { "severities": ["critical"] }, "channels": ["a"] }, { "match": { "severities": ["critical", "warning"] }, "channels": ["b"] }]""")]
    [InlineData("""[{ "match": { "subjects": ["h.*"] }, "channels": ["a"] }, { "match": { "agents": ["h"] }, "channels": ["b"] }]""")]
    [InlineData("""[{ "match": { "kinds": ["Recovered"], "subjects": ["monitor"] }, "channels": ["a"] }, { "match": { "kinds": ["Down", "AgentSilent"], "conditions": ["Hung"] }, "channels": ["b"] }]""")]
    [InlineData("""[{ "match": { "subjects": ["remote.cold", "*.cold", "remote.*"], "agents": ["rem*"] }, "channels": ["a"] }]""")]
    public void What_can_match_is_not_warned_of(string routes) => Assert.Empty(_folder.Warnings(Rules("\"routes\": " + routes)));

    /// <summary>Two channels and a remote node; the rules are on line 2.</summary>
    private static string Rules(string members) =>
        $"{{ \"nodes\": {{ {MonitorFolder.Remote} }}, \"alerts\": {{ \"channels\": [{{ \"name\": \"a\", \"kind\": \"log\" }}, {{ \"name\": \"b\", \"kind\": \"log\" }}],\n{members} }} }}";
}
