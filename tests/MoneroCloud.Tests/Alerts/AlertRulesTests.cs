using System.Collections.Immutable;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class AlertRulesTests
{
    private static readonly AlertMatcher Everything = new();
    private static readonly AlertMatcher Host1 = new() { Agents = ["host-1"] };
    private static readonly AlertMatcher Critical = new() { Severities = [AlertSeverity.Critical] };

    [Fact]
    public void Without_a_route_and_where_none_fits_every_channel_is_told()
    {
        Assert.Equal(["a", "b"], Of().ChannelsOf(SomeAlerts.Of("host-2.main")));
        Assert.Equal(["a", "b"], Of(new AlertRoute(Host1, ["a"], GoOn: false)).ChannelsOf(SomeAlerts.Of("host-2.main")));
        Assert.Equal(["log"], AlertRules.Default.ChannelsOf(SomeAlerts.Of("host-2.main")));
    }

    [Fact]
    public void The_first_route_that_fits_decides_unless_it_goes_on()
    {
        var alert = SomeAlerts.Of("host-1.main");

        Assert.Equal(["a"], Of(new AlertRoute(Host1, ["a"], false), new AlertRoute(Critical, ["b"], false)).ChannelsOf(alert));
        Assert.Equal(["a", "b"], Of(new AlertRoute(Host1, ["a"], true), new AlertRoute(Critical, ["b"], false), new AlertRoute(Everything, ["c"], false)).ChannelsOf(alert));
        Assert.Equal(["b"], Of(new AlertRoute(Host1, ["a"], false), new AlertRoute(Critical, ["b"], false)).ChannelsOf(SomeAlerts.Of("host-2.main")));
    }

    [Fact]
    public void No_channel_is_told_twice() =>
        Assert.Equal(["b", "a"], Of(new AlertRoute(Host1, ["b"], true), new AlertRoute(Everything, ["a", "b"], false)).ChannelsOf(SomeAlerts.Of("host-1.main")));

    [Fact]
    public void A_route_without_channels_keeps_what_fits_it_from_all_of_them() =>
        Assert.Empty(Of(new AlertRoute(Host1, [], false), new AlertRoute(Everything, ["a"], false)).ChannelsOf(SomeAlerts.Of("host-1.main")));

    [Fact]
    public void A_route_that_goes_on_and_is_the_last_one_decides_too() =>
        Assert.Equal(["a"], Of(new AlertRoute(Host1, ["a"], true)).ChannelsOf(SomeAlerts.Of("host-1.main")));

    [Fact]
    public void The_severity_of_a_condition_is_that_of_what_is_down_or_degraded_for_it_and_of_nothing_else()
    {
        var rules = AlertRules.Default with { Severities = ImmutableDictionary<Condition, AlertSeverity>.Empty.Add(Condition.WalletBehind, AlertSeverity.Low) };

        Assert.Equal(AlertSeverity.Low, rules.Graded(SomeAlerts.Of("a.b", AlertKind.Degraded, AlertSeverity.Warning, Condition.WalletBehind)).Severity);
        Assert.Equal(AlertSeverity.Warning, rules.Graded(SomeAlerts.Of("a.b", AlertKind.Noted, AlertSeverity.Warning, Condition.WalletBehind)).Severity);
        Assert.Equal(AlertSeverity.Critical, rules.Graded(SomeAlerts.Of("a.b", condition: Condition.Hung)).Severity);
        Assert.Equal(AlertSeverity.Critical, rules.Graded(SomeAlerts.Of("host-1", AlertKind.AgentSilent)).Severity);
    }

    private static AlertRules Of(params AlertRoute[] routes) => AlertRules.Default with { Channels = ["a", "b"], Routes = [.. routes] };
}
