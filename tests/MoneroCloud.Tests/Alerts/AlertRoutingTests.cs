using System.Collections.Immutable;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Who is told of an alert, or what hides it.</summary>
public sealed class AlertRoutingTests
{
    private static readonly DateTimeOffset Now = Given.Now;

    private static readonly AlertRules Rules = AlertRules.Default with { Channels = ["mail", "chat"] };

    private static Alert Down { get; } = new()
    {
        Id = new string('a', 24),
        Subject = "home.main",
        Kind = AlertKind.Down,
        Severity = AlertSeverity.Critical,
        At = Now,
        Due = Now,
        Title = "home.main is Down: Exited",
        Text = "it exited",
        Condition = Condition.Exited,
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "cold"),
    };

    private static Incident Open { get; } = new()
    {
        Id = new string('1', 25),
        Subject = "home.main",
        OpenedAt = Now.AddMinutes(-10),
        Severity = AlertSeverity.Critical,
        Title = "t",
        Text = "x",
        Causes = ["outage"],
    };

    private static RoutingView View => new() { Now = Now, Rules = Rules, Incident = Open };

    [Fact]
    public void What_no_route_fits_goes_over_all_channels() => Assert.Equal(["mail", "chat"], To(AlertRouting.Of(Down, View)));

    [Fact]
    public void The_first_route_that_fits_decides_unless_it_says_to_go_on()
    {
        var cold = new AlertMatcher { Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "co*") };
        var routes = Rules with { Routes = [new(cold, ["pager"], GoOn: true), new(new AlertMatcher { Severities = [AlertSeverity.Critical] }, ["mail", "pager"], GoOn: false), new(new AlertMatcher(), ["chat"], GoOn: false)] };

        Assert.Equal(["pager", "mail"], To(AlertRouting.Of(Down, View with { Rules = routes })));
        Assert.Equal(["chat"], To(AlertRouting.Of(Down with { Labels = null, Severity = AlertSeverity.Low }, View with { Rules = routes })));
    }

    [Fact]
    public void A_route_without_channels_hides_and_says_so() =>
        Assert.Equal("a route without channels", Hidden(AlertRouting.Of(Down, View with { Rules = Rules with { Routes = [new(new AlertMatcher(), [], GoOn: false)] } })).By);

    [Fact]
    public void Of_several_silences_the_one_that_lasts_longest_is_named_and_tells_until_when()
    {
        var hidden = Hidden(AlertRouting.Of(Down, View with { Silences = [Silence("aa", 5), Silence("bb", 60), Silence("cc", 30)] }));

        Assert.Equal(("silence bb of alice", (DateTimeOffset?)Now.AddMinutes(60)), (hidden.By, hidden.Hold!.Until));
    }

    [Theory]
    [InlineData(-10, -1, false)]
    [InlineData(-10, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(1, 10, false)]
    public void A_silence_hides_from_its_beginning_until_just_before_its_end(int from, int until, bool hides)
    {
        var silence = Silence("aa", until) with { From = Now.AddMinutes(from) };

        Assert.Equal(hides, AlertRouting.Of(Down, View with { Silences = [silence] }) is Routed.Hidden);
    }

    [Fact]
    public void A_wallets_trouble_with_its_daemon_waits_for_the_daemons_own_alert_and_is_hidden_by_it()
    {
        var wallet = Down with { Kind = AlertKind.Degraded, Condition = Condition.DaemonDown, Daemon = Id("home.daemon") };

        Assert.Equal(Now.AddSeconds(3), Assert.IsType<Routed.Later>(AlertRouting.Of(wallet, View)).At);
        Assert.Equal("its daemon home.daemon is down", Hidden(AlertRouting.Of(wallet, View with { DaemonDown = true })).By);
        Assert.Equal(["mail", "chat"], To(AlertRouting.Of(wallet, View with { Now = Now + Rules.DaemonFirst })));

        // What the daemon does not explain is told.
        Assert.Equal(["mail", "chat"], To(AlertRouting.Of(Down with { Daemon = Id("home.daemon") }, View with { DaemonDown = true })));
    }

    [Fact]
    public void What_was_over_while_it_waited_for_another_is_not_told()
    {
        var resolved = Open with { State = IncidentState.Resolved };

        Assert.IsType<Routed.Hidden>(AlertRouting.Of(Down, View with { Incident = resolved, WasPutOff = true }));
        Assert.Equal(["mail", "chat"], To(AlertRouting.Of(Down, View with { Incident = resolved })));
    }

    [Fact]
    public void An_acknowledged_incident_is_told_only_of_what_is_worse()
    {
        var seen = Open with { ToldSeverity = AlertSeverity.Warning, Acknowledged = new Acknowledgement("alice", Now.AddMinutes(-1), Now.AddMinutes(1), null) };

        Assert.Equal("acknowledged by alice", Hidden(AlertRouting.Of(Down with { Severity = AlertSeverity.Warning }, View with { Incident = seen })).By);
        Assert.Equal(["mail", "chat"], To(AlertRouting.Of(Down, View with { Incident = seen })));
        Assert.Equal(["mail", "chat"], To(AlertRouting.Of(Down with { Severity = AlertSeverity.Warning }, View with { Incident = seen, Now = Now.AddMinutes(1) })));
    }

    [Fact]
    public void That_it_is_over_is_told_to_those_that_were_told_and_to_nobody_else()
    {
        var over = Down with { Kind = AlertKind.Recovered, Severity = AlertSeverity.Low };

        Assert.Equal(["pager"], To(AlertRouting.Of(over, View with { Incident = Open with { ToldTo = ["pager"] } })));
        Assert.Equal("nobody was told that it failed", Hidden(AlertRouting.Of(over, View)).By);
        Assert.Equal(["mail", "chat"], To(AlertRouting.Of(over, View with { Incident = null })));
    }

    [Fact]
    public void What_a_silent_agent_had_told_before_is_not_told_again_meanwhile_but_what_the_probe_finds_is()
    {
        var reminder = Down with { Kind = AlertKind.Reminder };

        Assert.Equal("agent home is silent", Hidden(AlertRouting.Of(reminder, View with { AgentSilentSince = Now.AddMinutes(-1) })).By);
        Assert.Equal(["mail", "chat"], To(AlertRouting.Of(reminder, View with { AgentSilentSince = Now.AddMinutes(-20) })));
        Assert.Equal(["mail", "chat"], To(AlertRouting.Of(Down, View with { AgentSilentSince = Now.AddMinutes(-1) })));
    }

    [Fact]
    public void The_configured_severity_takes_the_place_of_the_usual_one_for_trouble_only()
    {
        var rules = Rules with { Severities = ImmutableDictionary<Condition, AlertSeverity>.Empty.Add(Condition.Exited, AlertSeverity.Low) };

        Assert.Equal(AlertSeverity.Low, rules.Graded(Down).Severity);
        Assert.Equal(AlertSeverity.Critical, rules.Graded(Down with { Kind = AlertKind.BreakerOpened }).Severity);
        Assert.Equal(AlertSeverity.Critical, rules.Graded(Down with { Condition = Condition.Hung }).Severity);
    }

    private static Silence Silence(string id, int minutes) => new()
    {
        Id = id,
        Kind = SilenceKind.Silence,
        Match = new AlertMatcher { Subjects = ["home.*"] },
        From = Now.AddHours(-1),
        Until = Now.AddMinutes(minutes),
        By = "alice",
    };

    private static NodeId Id(string text) => NodeId.TryParse(text, out var id) ? id : throw new FormatException(text);

    private static ImmutableArray<string> To(Routed routed) => Assert.IsType<Routed.To>(routed).Channels;

    private static Routed.Hidden Hidden(Routed routed) => Assert.IsType<Routed.Hidden>(routed);
}
