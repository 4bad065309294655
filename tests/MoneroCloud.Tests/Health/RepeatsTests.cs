using MoneroCloud.Core;
using Xunit;
using static MoneroCloud.Tests.Verdicts;

namespace MoneroCloud.Tests;

/// <summary>One verdict of an observer that counted several of its looks itself, or of one that has nothing new to tell.</summary>
public sealed class RepeatsTests
{
    private static readonly HealthPolicy Three = new(Fail: 3, Recover: 2);

    private static readonly Health Up = After(HealthPolicy.Default, Healthy, Healthy).Health;

    private static DateTimeOffset Second(int second) => Given.Now.AddSeconds(second);

    [Fact]
    public void Enough_in_a_row_change_the_state_at_the_one_that_was_enough()
    {
        var step = HealthMachine.Advance(Up, At(30), Hung, Three, Repeats.InARow(4, [Second(5), Second(10), Second(15), Second(20)]));

        Assert.Equal((HealthState.Down, Second(15)), (step.Next.State, step.Next.Since));
        Assert.Equal(Second(15), step.Transition!.At);
        Assert.Equal(At(30).At, step.Next.LastCheck);
    }

    [Fact]
    public void Without_their_times_it_is_the_time_of_the_report() =>
        Assert.Equal(At(30).At, HealthMachine.Advance(Up, At(30), Hung, Three, Repeats.InARow(3, [])).Transition!.At);

    [Fact]
    public void Too_few_in_a_row_are_a_streak_since_the_first_of_them()
    {
        Assert.Equal(new Streak(HealthState.Down, Condition.Hung, 2, Second(5)), HealthMachine.Advance(Up, At(30), Hung, Three, Repeats.InARow(2, [Second(5), Second(10)])).Next.Streak);
        Assert.Equal(new Streak(HealthState.Down, Condition.Hung, 2, At(30).At), HealthMachine.Advance(Up, At(30), Hung, Three, Repeats.InARow(2, [])).Next.Streak);
    }

    [Fact]
    public void What_the_observer_counted_is_not_added_to_what_was_counted_here()
    {
        var one = HealthMachine.Advance(Up, At(20), Hung, Three).Next;

        Assert.Equal(2, HealthMachine.Advance(one, At(30), Hung, Three, Repeats.InARow(2, [])).Next.Streak!.Count);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, null)]
    public void A_time_that_was_not_told_is_not_known(int nth, int? second) =>
        Assert.Equal(second is { } known ? Second(known) : null, ((Repeats.Row)Repeats.InARow(3, [Second(5), Second(10)])).When(nth));

    [Fact]
    public void What_was_counted_before_refreshes_and_counts_for_nothing()
    {
        var one = HealthMachine.Advance(Up, At(20), Hung, Three).Next;
        var again = HealthMachine.Advance(one, At(30), Exited, Three, Repeats.None);

        Assert.Equal(one with { Last = Exited, LastNumber = At(30).Number, LastCheck = At(30).At }, again.Next);
        Assert.Null(again.Transition);
    }

    [Fact]
    public void Only_what_speaks_for_the_same_state_continues_a_streak()
    {
        var one = HealthMachine.Advance(Up, At(20), Hung, Three).Next;

        Assert.True(HealthMachine.Continues(one, HealthState.Down, Condition.PortClosed));
        Assert.False(HealthMachine.Continues(one, HealthState.Degraded, Condition.Busy));
        Assert.False(HealthMachine.Continues(Up, HealthState.Down, Condition.Hung));
        Assert.Equal(Second(20), HealthMachine.Advance(one, At(30), PortClosed, Three).Next.Streak!.Since);
    }

    [Fact]
    public void A_restart_is_right_for_the_condition_that_made_the_node_down_and_for_no_other()
    {
        var hung = Hung with { Remedy = Remedy.Restart };
        var down = After(HealthPolicy.Default, Hung, Hung).Health;

        Assert.True(RestartRule.Applies(down, hung));
        Assert.False(RestartRule.Applies(down, Hung));
        Assert.False(RestartRule.Applies(down, PortClosed with { Remedy = Remedy.Restart }));
        Assert.False(RestartRule.Applies(down with { State = HealthState.Degraded }, hung));
    }
}
