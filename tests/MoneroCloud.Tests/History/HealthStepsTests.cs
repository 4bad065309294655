using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>Clocks that differ or were set back: a change that stands before the one it came after.</summary>
public sealed class HealthStepsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_clock_set_back_by_an_hour_loses_the_time_between_two_changes_and_no_more()
    {
        // Down at 12:00; the clock goes back to 11:20; up at 11:30; down at 13:00 for ten minutes.
        var times = Between(HealthState.Up, (540, HealthState.Unknown, HealthState.Up), (720, HealthState.Up, HealthState.Down), (690, HealthState.Down, HealthState.Up), (780, HealthState.Up, HealthState.Down), (790, HealthState.Down, HealthState.Up));

        Assert.Equal(TimeSpan.FromMinutes(10), times.Down);
        Assert.Equal(TimeSpan.FromMinutes(290), times.Up);
        Assert.Equal(TimeSpan.Zero, times.Unknown);
    }

    [Fact]
    public void Two_clocks_that_differ_by_seconds_make_no_change_last()
    {
        var times = Between(HealthState.Up, (540, HealthState.Unknown, HealthState.Up), (601, HealthState.Up, HealthState.Down), (600, HealthState.Down, HealthState.Up));

        Assert.Equal((TimeSpan.FromMinutes(300), TimeSpan.Zero), (times.Up, times.Down));
    }

    [Fact]
    public void Where_a_change_is_missing_the_time_around_it_is_unknown()
    {
        var times = Between(HealthState.Up, (540, HealthState.Unknown, HealthState.Up), (700, HealthState.Down, HealthState.Up));

        Assert.Equal((TimeSpan.FromMinutes(140), TimeSpan.FromMinutes(160)), (times.Up, times.Unknown));
    }

    [Fact]
    public void A_present_that_no_change_led_to_is_not_believed_to_have_lasted()
    {
        var times = Between(HealthState.Down, (540, HealthState.Unknown, HealthState.Up));

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMinutes(300)), (times.Up, times.Unknown));
    }

    [Fact]
    public void Several_changes_of_one_moment_end_in_the_last_of_them()
    {
        var times = Between(HealthState.Degraded, (540, HealthState.Unknown, HealthState.Up), (600, HealthState.Down, HealthState.Degraded), (600, HealthState.Up, HealthState.Down));

        Assert.Equal((TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(240), TimeSpan.Zero), (times.Up, times.Degraded, times.Down));
    }

    /// <summary>From 9:00 to 14:00; minutes of the day.</summary>
    private static StateTimes Between(HealthState present, params (int Minute, HealthState From, HealthState To)[] changes)
    {
        var entries = changes.Select((c, i) => new HistoryEntry
        {
            At = Noon.Date.AddMinutes(c.Minute),
            Place = $"p{i}",
            Transition = new Transition(c.From, c.To, Condition.Healthy, Condition.Exited, new DateTimeOffset(Noon.Date.AddMinutes(c.Minute), TimeSpan.Zero), "it is so"),
        }).Select(e => e with { At = e.Transition!.At });
        var line = StateLine.Of(new StateSource
        {
            Now = Noon.AddHours(2),
            Oldest = Noon.AddDays(-1),
            Entries = [.. entries.OrderByDescending(e => e.At)],
            Present = NodeRecord.New(new NodeId(NodeName.Parse("home"), NodeName.Parse("main")), NodeKind.WalletRpc, Noon) with { Health = Health.Unseen(Noon) with { State = present } },
        });
        return line.Between(Noon.AddHours(-3), Noon.AddHours(2));
    }
}
