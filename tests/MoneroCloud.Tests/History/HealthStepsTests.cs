using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.History;

/// <summary>Clocks that differ or were set back: a change that stands before the one it came after.</summary>
public sealed class HealthStepsTests
{
    /// <summary>The nights on which Berlin's clocks are changed: the day has 23 or 25 hours, and an outage lasts as long as it does, whatever clocks on the wall say.</summary>
    [Theory]
    [InlineData("2026-03-29T00:00:00+01:00", "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T00:00:00+02:00", 23, 2)]
    [InlineData("2026-10-25T00:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-26T00:00:00+01:00", 25, 0)]
    public void Where_clocks_are_changed_an_hour_is_neither_lost_nor_counted_twice(string midnight, string failed, string recovered, string next, int hours, int onTheWall)
    {
        var (from, down, up, to) = (Time(midnight), Time(failed), Time(recovered), Time(next));
        var line = StateLine.Of(new StateSource
        {
            Now = to,
            Oldest = from,
            Entries = [Entry(1, HealthState.Up, HealthState.Down, down), Entry(2, HealthState.Down, HealthState.Up, up)],
        });

        var day = line.Between(from, to);

        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(hours - 1), TimeSpan.FromHours(hours)), (day.Down, day.Up, day.Total));
        Assert.Equal(TimeSpan.FromHours(hours), Enumerable.Range(0, hours).Select(h => line.Between(from.AddHours(h), from.AddHours(h + 1)).Total).Aggregate((a, b) => a + b));
        Assert.Equal(TimeSpan.FromHours(onTheWall), up.DateTime - down.DateTime); // What a reckoning by local time would have said.

        static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        static HistoryEntry Entry(int number, HealthState before, HealthState after, DateTimeOffset at) =>
            new() { At = at, Place = $"1.{number}", Transition = new Transition(before, after, Condition.Healthy, Condition.Exited, at, "it is so") };
    }

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
