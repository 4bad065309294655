using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class RememberedBreakerTests
{
    [Fact]
    public async Task A_clock_that_was_set_back_since_keeps_a_breaker_open_for_no_longer_than_any_may_be()
    {
        await using var before = new SupervisedNode();
        before.Journal.Append(
            SupervisedNode.Name,
            new JournalRecord.Breaker(SupervisedNode.Name, 2, before.Context.Clock.Wall.AddYears(1)) { Since = before.Context.Clock.Wall, Why = "it failed" },
            durable: false);
        await before.LeaveAsync();

        await using var next = new SupervisedNode(before.Folder, before.Port);
        var most = SupervisionPolicy.Default.BreakerMax;
        var latest = next.Context.Clock.Wall + most;
        var view = next.Supervisor.Current;
        var open = Assert.IsType<ProcessPhase.Broken>(view.Phase);
        Assert.InRange(open.Until, next.Context.Clock.Now, next.Context.Clock.Now + most);
        Assert.InRange(view.Breaker!.NextTry!.Value, latest.AddMinutes(-1), latest);

        var unit = new WatchedUnit(SupervisedNode.Name, next.Context, null!, null!, _ => { });
        Assert.False(unit.AllowsRestart);
        Assert.InRange(unit.Breaker!.NextTry!.Value, latest.AddMinutes(-1), latest.AddMinutes(1));
    }

    [Fact]
    public void A_breaker_that_was_journalled_opens_when_it_was_to()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var node = JournaledNode.Empty with { BrokenUntil = now.AddMinutes(20) };
        Assert.Equal(now.AddMinutes(20), node.BreakerAt(now, TimeSpan.FromHours(2))!.NextTry);
        Assert.Null(node.BreakerAt(now.AddMinutes(20), TimeSpan.FromHours(2)));
    }
}
