using MoneroCloud.Core;
using Xunit;
using static MoneroCloud.Tests.Verdicts;

namespace MoneroCloud.Tests;

public sealed class HealthMachineTests
{
    private static readonly HealthPolicy Two = HealthPolicy.Default;

    private static (HealthState, Condition) Face(Health health) => (health.State, health.Condition);

    [Fact]
    public void Two_good_checks_bring_a_node_up_and_two_bad_ones_bring_it_down()
    {
        Assert.Equal((HealthState.Unknown, Condition.Starting), Face(After(Two, Healthy).Health));
        Assert.Equal((HealthState.Up, Condition.Healthy), Face(After(Two, Healthy, Healthy).Health));
        Assert.Equal((HealthState.Up, Condition.Healthy), Face(After(Two, Healthy, Healthy, Hung).Health));
        Assert.Equal((HealthState.Down, Condition.Hung), Face(After(Two, Healthy, Healthy, Hung, Hung).Health));
    }

    [Fact]
    public void A_transition_tells_both_faces_the_time_of_the_check_and_the_explanation()
    {
        var transition = After(Two, Healthy, Healthy, Exited).Transitions[^1];

        Assert.Equal(
            new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, Given.Now.AddSeconds(3), "it is Exited"), transition);
    }

    [Fact]
    public void A_restart_is_three_transitions()
    {
        var (health, transitions) = After(Two, Healthy, Healthy, Exited, Starting, Starting, Healthy, Healthy);

        Assert.Equal([HealthState.Up, HealthState.Down, HealthState.Unknown, HealthState.Up], transitions.Select(t => t.To));
        Assert.Equal(Given.Now.AddSeconds(7), health.Since);
    }

    [Fact]
    public void A_verdict_for_the_present_state_clears_the_streak()
    {
        Assert.Equal(new Streak(HealthState.Down, Condition.Hung, 1, Given.Now.AddSeconds(3)), After(Two, Healthy, Healthy, Hung).Health.Streak);
        Assert.Null(After(Two, Healthy, Healthy, Hung, Healthy).Health.Streak);
        Assert.Equal(HealthState.Up, After(Two, Healthy, Healthy, Hung, Healthy, Hung).Health.State);
    }

    [Fact]
    public void Conditions_that_speak_for_the_same_other_state_count_together()
    {
        var (health, transitions) = After(Two, Healthy, Healthy, Hung, PortClosed);

        Assert.Equal((HealthState.Down, Condition.PortClosed), Face(health));
        Assert.Equal(2, transitions.Count);
    }

    [Fact]
    public void Conditions_for_different_states_do_not_count_together() =>
        Assert.Equal(HealthState.Up, After(Two, Healthy, Healthy, Hung, Busy, Hung, Busy).Health.State);

    [Fact]
    public void Within_one_state_only_the_same_condition_counts()
    {
        Assert.Equal(Condition.Exited, After(Two, Exited, Hung, PortClosed, Hung, PortClosed).Health.Condition);
        var (health, transitions) = After(Two, Exited, Hung, Hung);

        Assert.Equal(Condition.Hung, health.Condition);
        Assert.Equal((HealthState.Down, HealthState.Down), (transitions[^1].From, transitions[^1].To));
        Assert.Equal(Given.Now.AddSeconds(1), health.Since);
    }

    [Fact]
    public void Silence_changes_nothing_but_that_the_node_does_not_work_now()
    {
        var before = After(Two, Healthy, Healthy, Hung).Health;
        var after = HealthMachine.Advance(before, At(9), Silent, Two).Next;

        Assert.Equal(before with { Last = Silent, LastNumber = At(9).Number, LastCheck = At(9).At }, after);
        Assert.False(after.Worked);
    }

    [Fact]
    public void Doubt_changes_nothing_but_freshness()
    {
        var before = After(Two, Healthy, Healthy).Health;
        var after = HealthMachine.Advance(before, At(9), Inconclusive, Two).Next;

        Assert.Equal(before with { LastNumber = At(9).Number, LastCheck = At(9).At }, after);
        Assert.True(after.Worked);
    }

    [Fact]
    public void Silence_neither_breaks_nor_lengthens_a_streak() =>
        Assert.Equal(HealthState.Down, After(Two, Healthy, Healthy, Hung, Silent, Inconclusive, Hung).Health.State);

    [Fact]
    public void A_note_degrades_at_once_and_the_node_still_works()
    {
        var (health, _) = After(Two, Healthy, Healthy, Noted);

        Assert.Equal((HealthState.Degraded, Condition.Healthy), Face(health));
        Assert.True(health.Worked);
        Assert.Equal(HealthState.Up, After(Two, Healthy, Healthy, Noted, Healthy, Healthy).Health.State);
    }

    [Fact]
    public void The_way_up_has_a_count_of_its_own()
    {
        var policy = new HealthPolicy(Fail: 1, Recover: 3);

        Assert.Equal(HealthState.Unknown, After(policy, Healthy, Healthy).Health.State);
        Assert.Equal(HealthState.Up, After(policy, Healthy, Healthy, Healthy).Health.State);
        Assert.Equal(HealthState.Down, After(policy, Healthy, Healthy, Healthy, Hung).Health.State);
    }

    [Fact]
    public void The_same_check_or_an_earlier_one_changes_nothing()
    {
        var before = After(Two, Healthy, Healthy, Hung).Health;

        Assert.Same(before, HealthMachine.Advance(before, At(3), Hung, Two).Next);
        Assert.Same(before, HealthMachine.Advance(before, At(2), Exited, Two).Next);
        Assert.Equal(HealthState.Down, HealthMachine.Advance(before, At(4), Hung, Two).Next.State);
    }

    [Fact]
    public void The_evidence_itself_says_which_check_it_was()
    {
        var evidence = Given.Wallet with { Number = new ObservationNumber(2, 7) };
        var health = HealthMachine.Advance(Health.Unseen(Given.Now), evidence, evidence.Diagnosed(), Two).Next;

        Assert.Equal((evidence.Number, evidence.At), (health.LastNumber, health.LastCheck));
    }
}
