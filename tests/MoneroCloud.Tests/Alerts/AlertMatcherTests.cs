using System.Collections.Immutable;
using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class AlertMatcherTests
{
    private static readonly Alert Node = SomeAlerts.Of("host-1.main", condition: Condition.Hung) with
    {
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "cold").Add("zone", "eu-1"),
    };

    public static TheoryData<string, AlertMatcher, bool> Table() => new()
    {
        { "nothing given", new(), true },
        { "its id", new() { Subjects = ["host-1.main"] }, true },
        { "one of several ids", new() { Subjects = ["a.b", "host-1.*"] }, true },
        { "its agent's name as a subject", new() { Subjects = ["host-1"] }, false },
        { "its agent", new() { Agents = ["host-1"] }, true },
        { "another agent", new() { Agents = ["host-2", "host"] }, false },
        { "its condition", new() { Conditions = [Condition.Exited, Condition.Hung] }, true },
        { "another condition", new() { Conditions = [Condition.Exited] }, false },
        { "its severity", new() { Severities = [AlertSeverity.Critical] }, true },
        { "another severity", new() { Severities = [AlertSeverity.Low] }, false },
        { "its kind", new() { Kinds = [AlertKind.Down] }, true },
        { "another kind", new() { Kinds = [AlertKind.Degraded] }, false },
        { "its labels", new() { Labels = Labels("tier", "cold", "zone", "eu-*") }, true },
        { "one label of another value", new() { Labels = Labels("tier", "cold", "zone", "us-*") }, false },
        { "a label it does not have", new() { Labels = Labels("rack", "*") }, false },
        { "all members", new() { Subjects = ["*"], Agents = ["host-1"], Conditions = [Condition.Hung], Severities = [AlertSeverity.Critical], Kinds = [AlertKind.Down], Labels = Labels("tier", "*") }, true },
        { "all but one", new() { Subjects = ["*"], Agents = ["host-1"], Conditions = [Condition.Hung], Severities = [AlertSeverity.Low], Kinds = [AlertKind.Down] }, false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Of_every_member_that_is_given_one_value_must_fit(string what, AlertMatcher matcher, bool expected) => Assert.Equal((what, expected), (what, matcher.Fits(Node)));

    [Fact]
    public void What_is_about_an_agent_fits_its_name_and_has_no_condition_and_no_label()
    {
        var silent = SomeAlerts.Of("host-1", AlertKind.AgentSilent);

        Assert.True(new AlertMatcher { Agents = ["host-*"], Subjects = ["host-1"] }.Fits(silent));
        Assert.False(new AlertMatcher { Subjects = ["host-1.*"] }.Fits(silent));
        Assert.False(new AlertMatcher { Conditions = [.. Enum.GetValues<Condition>()] }.Fits(silent));
        Assert.False(new AlertMatcher { Labels = Labels("tier", "*") }.Fits(silent));
    }

    [Fact]
    public void The_monitor_is_a_subject_and_no_agent()
    {
        var doubt = SomeAlerts.Of(NodeId.Monitor, AlertKind.MonitorInDoubt);

        Assert.True(new AlertMatcher { Subjects = ["monitor"] }.Fits(doubt));
        Assert.False(new AlertMatcher { Agents = ["*"] }.Fits(doubt));
    }

    [Fact]
    public void Nodes_without_an_agent_are_those_of_remote() => Assert.True(new AlertMatcher { Agents = ["remote"] }.Fits(SomeAlerts.Of("remote.cold")));

    /// <summary>What a warning about routes that are never reached rests on.</summary>
    [Fact]
    public void What_fits_one_matcher_fits_every_one_that_is_called_as_wide()
    {
        var (called, tried, wrong) = Judge((wide, narrow) => wide.IsAsWideAs(narrow));
        Assert.Equal(0, wrong);
        Assert.True(called > 200 && tried > 30, $"{called} of 8000 pairs were called so, of {tried} something fitted");

        // The negative: a judge that forgets labels is found out.
        Assert.NotEqual(0, Judge((wide, narrow) => (wide with { Labels = null }).IsAsWideAs(narrow)).Wrong);
        Assert.True(new AlertMatcher().IsAsWideAs(new AlertMatcher { Agents = ["a"] }));
        Assert.False(new AlertMatcher { Agents = ["a"] }.IsAsWideAs(new AlertMatcher()));
        Assert.True(new AlertMatcher { Agents = ["a*"] }.IsAsWideAs(new AlertMatcher { Subjects = ["ab.c"] }));
    }

    private static (int Called, int Tried, int Wrong) Judge(Func<AlertMatcher, AlertMatcher, bool> isAsWide)
    {
        var (called, tried, wrong) = (0, 0, 0);
        Gen.Select(SomeAlerts.Matcher, SomeAlerts.Matcher, SomeAlerts.Any.Array[10]).Sample(
            (wide, narrow, alerts) =>
            {
                if (isAsWide(wide, narrow))
                {
                    called++;
                    tried += alerts.Any(narrow.Fits) ? 1 : 0;
                    wrong += alerts.Any(a => narrow.Fits(a) && !wide.Fits(a)) ? 1 : 0;
                }
            },
            iter: 8_000,
            threads: 1);
        return (called, tried, wrong);
    }

    private static ImmutableSortedDictionary<string, string> Labels(params string[] pairs) => pairs.Chunk(2).ToImmutableSortedDictionary(p => p[0], p => p[1]);
}
