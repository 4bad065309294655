using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A breaker as the monitor shows and tells it.</summary>
public sealed class BreakerScenarioTests
{
    [Fact]
    public async Task One_alert_says_that_it_is_down_and_that_its_breaker_is_open_and_the_next_that_it_works_again()
    {
        using var fleet = await RemedyFleet.BeginAsync();
        await fleet.AfterAsync(1, n => { n.Kill(); n.OpenBreaker(); });
        var breaker = (await fleet.RecordAsync()).Breaker!;
        Assert.Equal((BreakerState.Open, "5 starts in 10 min", breaker.Since.AddMinutes(10)), (breaker.State, breaker.Why, breaker.NextTry));

        await fleet.AfterAsync(600, n => n.Spawn());
        Assert.Equal((BreakerState.HalfOpen, null), ((await fleet.RecordAsync()).Breaker!.State, (await fleet.RecordAsync()).Breaker!.NextTry));
        await fleet.AfterAsync(2, n => n.Healthy());
        await fleet.AfterAsync(2, n => n.Healthy());
        await fleet.AfterAsync(10, n => n.CloseBreaker());

        Assert.Null((await fleet.RecordAsync()).Breaker);
        Assert.Equal([AlertKind.Down, AlertKind.Recovered], fleet.Rig.Notifier.Sent.Select(s => s.Alert.Kind));
        Assert.Contains("; its breaker is open since", fleet.Rig.Notifier.Sent.First().Alert.Text, StringComparison.Ordinal);
        Assert.EndsWith("; its breaker is half-open: one start is being tried (5 starts in 10 min)", fleet.Rig.Notifier.Sent.Last().Alert.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_told_as_down_before_has_a_second_alert_and_none_when_the_try_fails()
    {
        using var fleet = await RemedyFleet.BeginAsync();
        await fleet.AfterAsync(1, n => n.Kill());
        await fleet.AfterAsync(45);
        Assert.Equal([AlertKind.Down], fleet.Rig.Notifier.Sent.Select(s => s.Alert.Kind));

        await fleet.AfterAsync(1, n => n.OpenBreaker());
        Assert.Equal([AlertKind.Down, AlertKind.BreakerOpened], fleet.Rig.Notifier.Sent.Select(s => s.Alert.Kind));
        await fleet.AfterAsync(600, n => n.Spawn());
        await fleet.AfterAsync(1, n => { n.Kill(); n.OpenBreaker(); });
        Assert.Equal(2, fleet.Rig.Notifier.Sent.Count);
        var breaker = (await fleet.RecordAsync()).Breaker!;
        Assert.Equal(BreakerState.Open, breaker.State);
        Assert.True(breaker.NextTry - breaker.Since > TimeSpan.FromMinutes(19));
    }

    [Fact]
    public async Task An_operators_start_closes_it()
    {
        using var fleet = await RemedyFleet.BeginAsync();
        await fleet.AfterAsync(1, n => { n.Kill(); n.OpenBreaker(); });
        await fleet.AfterAsync(1, n => { n.Order("start"); n.Spawn(); });

        Assert.Null((await fleet.RecordAsync()).Breaker);
        Assert.Contains(await fleet.Rig.HistoryAsync(fleet.Node.Id.ToString()), h => h.Fact is NodeFact.BreakerClosed { Why: "alice ordered start" });
    }
}
