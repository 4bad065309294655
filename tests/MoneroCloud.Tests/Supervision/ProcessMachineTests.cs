using CsCheck;
using MoneroCloud.Agent;
using Xunit;
using Phase = MoneroCloud.Agent.ProcessPhase;

namespace MoneroCloud.Tests;

public sealed class ProcessMachineTests
{
    private static readonly SupervisionPolicy Policy = SupervisionPolicy.Default;

    private static readonly Phase[] AllPhases =
    [
        new Phase.Stopped(), new Phase.Starting(TimeSpan.Zero), new Phase.Ready(TimeSpan.Zero), new Phase.Stopping(true),
        new Phase.Stopping(false), new Phase.Stopping(true, FailedStart: true), new Phase.BackingOff(TimeSpan.FromSeconds(5)), new Phase.Broken(TimeSpan.FromSeconds(5)),
    ];

    private static readonly ProcessEvent[] AllEvents =
    [
        new ProcessEvent.StartWanted(true), new ProcessEvent.StartWanted(false), new ProcessEvent.StopWanted(), new ProcessEvent.RestartWanted(true),
        new ProcessEvent.RestartWanted(false), new ProcessEvent.Adopted(), new ProcessEvent.SpawnFailed(), new ProcessEvent.SpawnHeld(),
        new ProcessEvent.Answered(), new ProcessEvent.Exited(), new ProcessEvent.Due(),
    ];

    public static TheoryData<int, int> Pairs()
    {
        var data = new TheoryData<int, int>();
        foreach (var (p, e) in from p in Enumerable.Range(0, AllPhases.Length) from e in Enumerable.Range(0, AllEvents.Length) select (p, e))
        {
            data.Add(p, e);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_of_phase_and_event_has_an_answer_that_fits_the_process_at_hand(int phase, int happened)
    {
        var state = new MachineState(AllPhases[phase], ProcessHistory.Empty);
        var alive = HasProcess(state.Phase) && AllEvents[happened] is not (ProcessEvent.Exited or ProcessEvent.SpawnFailed or ProcessEvent.SpawnHeld);

        var step = ProcessMachine.Decide(state, AllEvents[happened], Policy, TimeSpan.FromSeconds(20), 0.5);

        Assert.False(alive && step.Effects.Any(e => e is ProcessEffect.Spawn), "spawned beside a living process");
        Assert.False(!HasProcess(state.Phase) && step.Effects.Any(e => e is ProcessEffect.BeginStop), "stopped a process that is not there");
        Assert.True(step.Effects.Count(e => e is ProcessEffect.Spawn) <= 1);
        Assert.Equal(step.Effects.Any(e => e is ProcessEffect.Spawn), step.Next.Phase is Phase.Starting && state.Phase is not Phase.Starting && AllEvents[happened] is not ProcessEvent.Adopted);
    }

    [Fact]
    public void Over_any_sequence_of_events_there_is_never_more_than_one_process_and_a_wanted_stop_always_ends_in_none() =>
        Sequences.Sample(events => Assert.Null(Violation(events, ProcessMachine.Decide)), iter: 5000);

    [Fact]
    public void The_property_catches_a_machine_that_spawns_beside_a_stopping_process()
    {
        MachineStep Defect(MachineState s, ProcessEvent e, SupervisionPolicy p, TimeSpan now, double dice) =>
            s.Phase is Phase.Stopping && e is ProcessEvent.StartWanted
                ? new MachineStep(s with { Phase = new Phase.Starting(now) }, [new ProcessEffect.Spawn()])
                : ProcessMachine.Decide(s, e, p, now, dice);

        Assert.Throws<CsCheckException>(() => Sequences.Sample(events => Violation(events, Defect) is null, iter: 5000));
    }

    [Fact]
    public void A_process_that_was_ready_for_ten_seconds_is_restarted_at_once()
    {
        var step = Decide(new Phase.Ready(Seconds(5)), new ProcessEvent.Exited(), now: 15);

        Assert.IsType<Phase.Starting>(step.Next.Phase);
        Assert.IsType<ProcessEffect.Spawn>(Assert.Single(step.Effects));
    }

    [Fact]
    public void A_process_that_was_ready_for_less_backs_off_a_second_and_doubles_it_each_time()
    {
        var state = new MachineState(new Phase.Ready(Seconds(5)), ProcessHistory.Empty);
        var waits = new List<double>();
        var now = 10.0;
        for (var i = 0; i < 4; i++)
        {
            var step = ProcessMachine.Decide(state, new ProcessEvent.Exited(), Policy, Seconds(now), 0.5);
            waits.Add(((ProcessEffect.BackedOff)step.Effects.Single()).For.TotalSeconds);
            now += waits[^1];
            state = ProcessMachine.Decide(step.Next, new ProcessEvent.Due(), Policy, Seconds(now), 0.5).Next;
            Assert.IsType<Phase.Starting>(state.Phase);
        }

        Assert.Equal([1, 2, 4, 8], waits);
    }

    [Theory]
    [InlineData(0, 0.75)]
    [InlineData(1, 1.25)]
    public void The_back_off_is_spread_by_a_quarter_both_ways(double dice, double seconds)
    {
        var step = ProcessMachine.Decide(new MachineState(new Phase.Starting(default), ProcessHistory.Empty), new ProcessEvent.Exited(), Policy, Seconds(1), dice);

        Assert.Equal(new ProcessEffect.BackedOff(Seconds(seconds)), step.Effects.Single());
    }

    [Fact]
    public void The_fifth_failed_start_in_ten_minutes_opens_the_breaker_for_ten_minutes_then_twenty_then_forty()
    {
        var state = new MachineState(new Phase.Starting(default), ProcessHistory.Empty);
        var opened = new List<(int Starts, double Minutes)>();
        var (now, starts) = (0.0, 0);
        while (opened.Count < 6)
        {
            starts++;
            var step = ProcessMachine.Decide(state, new ProcessEvent.Exited(), Policy, Seconds(now), 0.5);
            if (step.Effects.OfType<ProcessEffect.BreakerOpened>().SingleOrDefault() is { } breaker)
            {
                opened.Add((starts, breaker.For.TotalMinutes));
            }

            now += 1 + (step.Effects.Single() is ProcessEffect.BreakerOpened o ? o.For : ((ProcessEffect.BackedOff)step.Effects.Single()).For).TotalSeconds;
            state = ProcessMachine.Decide(step.Next, new ProcessEvent.Due(), Policy, Seconds(now), 0.5).Next;
        }

        Assert.Equal([(5, 10), (6, 20), (7, 40), (8, 80), (9, 120), (10, 120)], opened);
    }

    [Fact]
    public void Twenty_exits_of_any_kind_in_ten_minutes_open_the_breaker()
    {
        var history = ProcessHistory.Empty with { Exits = [.. Enumerable.Range(0, 19).Select(i => Seconds(i * 25))] };

        var step = ProcessMachine.Decide(new MachineState(new Phase.Ready(Seconds(480)), history), new ProcessEvent.Exited(), Policy, Seconds(500), 0.5);

        Assert.IsType<Phase.Broken>(step.Next.Phase);
        Assert.IsType<ProcessEffect.BreakerOpened>(step.Effects.Single());
    }

    [Fact]
    public void Exits_older_than_the_window_do_not_count()
    {
        var history = ProcessHistory.Empty with { Exits = [.. Enumerable.Range(0, 19).Select(i => Seconds(i))] };

        var step = ProcessMachine.Decide(new MachineState(new Phase.Ready(Seconds(600)), history), new ProcessEvent.Exited(), Policy, Seconds(640), 0.5);

        Assert.IsType<Phase.Starting>(step.Next.Phase);
        Assert.Single(step.Next.History.Exits);
    }

    [Fact]
    public void Ten_minutes_of_ready_forgive_everything_before()
    {
        var history = new ProcessHistory { FailedStarts = [Seconds(1)], Exits = [Seconds(1)], BackOffs = 4, Openings = 3 };

        var step = ProcessMachine.Decide(new MachineState(new Phase.Ready(Seconds(10)), history), new ProcessEvent.Exited(), Policy, Seconds(611), 0.5);

        Assert.Equal((0, 0, 1), (step.Next.History.BackOffs, step.Next.History.Openings, step.Next.History.Exits.Length));
    }

    [Fact]
    public void An_operators_start_closes_the_breaker_and_the_agents_own_does_not()
    {
        var broken = new MachineState(new Phase.Broken(Seconds(600)), new ProcessHistory { Openings = 2 });

        Assert.Equal(broken, ProcessMachine.Decide(broken, new ProcessEvent.StartWanted(ByOperator: false), Policy, Seconds(10), 0.5).Next);
        var step = ProcessMachine.Decide(broken, new ProcessEvent.StartWanted(ByOperator: true), Policy, Seconds(10), 0.5);
        Assert.Equal(ProcessHistory.Empty, step.Next.History);
        Assert.IsType<ProcessEffect.Spawn>(step.Effects.Single());
    }

    [Fact]
    public void The_one_start_of_an_open_breaker_closes_it_when_it_has_lasted_and_not_before()
    {
        var tried = ProcessMachine.Decide(new MachineState(new Phase.Broken(Seconds(600)), new ProcessHistory { Openings = 2 }), new ProcessEvent.Due(), Policy, Seconds(600), 0.5).Next;
        var ready = ProcessMachine.Decide(tried, new ProcessEvent.Answered(), Policy, Seconds(602), 0.5).Next;

        Assert.True(tried.History.HalfOpen);
        Assert.Equal(ready, ProcessMachine.Decide(ready, new ProcessEvent.Due(), Policy, Seconds(611), 0.5).Next);
        var closed = ProcessMachine.Decide(ready, new ProcessEvent.Due(), Policy, Seconds(612), 0.5);
        Assert.Equal((ready.Phase, new ProcessHistory { Openings = 2 }, 0), (closed.Next.Phase, closed.Next.History, closed.Effects.Length));
    }

    [Fact]
    public void A_port_that_somebody_else_holds_is_asked_for_again_without_counting_as_a_failed_start()
    {
        var step = Decide(new Phase.Starting(Seconds(3)), new ProcessEvent.SpawnHeld(), now: 3);

        Assert.Equal(new Phase.BackingOff(Seconds(5)), step.Next.Phase);
        Assert.Empty(step.Next.History.FailedStarts);
    }

    [Fact]
    public void An_exit_that_was_ordered_counts_neither_for_the_breaker_nor_for_the_back_off()
    {
        var step = Decide(new Phase.Stopping(ThenStart: true), new ProcessEvent.Exited(), now: 3);

        Assert.IsType<ProcessEffect.Spawn>(step.Effects.Single());
        Assert.Empty(step.Next.History.Exits);
    }

    [Fact]
    public void A_process_that_the_agent_restarts_because_it_never_answered_counts_as_a_failed_start()
    {
        var stopping = Decide(new Phase.Starting(default), new ProcessEvent.RestartWanted(ByOperator: false), now: 40).Next;
        var gone = ProcessMachine.Decide(stopping, new ProcessEvent.Exited(), Policy, Seconds(41), 0.5);

        Assert.IsType<Phase.BackingOff>(gone.Next.Phase);
        Assert.Single(gone.Next.History.FailedStarts);
        var byOperator = Decide(new Phase.Starting(default), new ProcessEvent.RestartWanted(ByOperator: true), now: 40).Next;
        Assert.IsType<Phase.Starting>(ProcessMachine.Decide(byOperator, new ProcessEvent.Exited(), Policy, Seconds(41), 0.5).Next.Phase);
    }

    [Fact]
    public void The_last_word_of_an_operator_holds_while_a_process_is_being_stopped()
    {
        var started = Decide(new Phase.Stopping(ThenStart: false), new ProcessEvent.StartWanted(true), now: 1).Next;
        var stopped = ProcessMachine.Decide(started, new ProcessEvent.StopWanted(), Policy, Seconds(2), 0.5).Next;

        Assert.Equal(new Phase.Stopping(ThenStart: true), started.Phase);
        Assert.Equal(new Phase.Stopping(ThenStart: false), stopped.Phase);
    }

    [Fact]
    public void However_often_a_start_has_failed_the_back_off_is_at_most_five_minutes()
    {
        var state = new MachineState(new Phase.Starting(default), new ProcessHistory { BackOffs = 9 });

        Assert.Equal(new ProcessEffect.BackedOff(Seconds(300)), ProcessMachine.Decide(state, new ProcessEvent.Exited(), Policy, Seconds(1), 0.5).Effects.Single());
    }

    [Fact]
    public void The_next_start_is_due_when_the_back_off_is_over_and_not_before()
    {
        var waiting = Decide(new Phase.Starting(default), new ProcessEvent.Exited(), now: 40).Next;

        Assert.Equal(new Phase.BackingOff(Seconds(41)), waiting.Phase);
        Assert.Equal(waiting, ProcessMachine.Decide(waiting, new ProcessEvent.Due(), Policy, Seconds(40.9), 0.5).Next);
    }

    [Fact]
    public void An_open_breaker_is_tried_when_its_time_is_over_and_forgets_what_opened_it()
    {
        var trial = new MachineState(new Phase.Starting(default), new ProcessHistory { HalfOpen = true, Openings = 1, FailedStarts = [Seconds(1)], Exits = [Seconds(1)] });
        var open = ProcessMachine.Decide(trial, new ProcessEvent.Exited(), Policy, Seconds(40), 0.5).Next;

        Assert.Equal((new Phase.Broken(Seconds(40 + 1200)), new ProcessHistory { Openings = 2 }), (open.Phase, open.History));
        Assert.Equal(open, ProcessMachine.Decide(open, new ProcessEvent.Due(), Policy, Seconds(40 + 1199), 0.5).Next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_operators_restart_closes_the_breaker_and_the_monitors_does_not(bool broken)
    {
        var waiting = new MachineState(broken ? new Phase.Broken(Seconds(600)) : new Phase.BackingOff(Seconds(600)), new ProcessHistory { Openings = 2, BackOffs = 3 });

        Assert.Equal(waiting, ProcessMachine.Decide(waiting, new ProcessEvent.RestartWanted(ByOperator: false), Policy, Seconds(10), 0.5).Next);
        var step = ProcessMachine.Decide(waiting, new ProcessEvent.RestartWanted(ByOperator: true), Policy, Seconds(10), 0.5);
        Assert.Equal(new MachineState(new Phase.Starting(Seconds(10)), ProcessHistory.Empty), step.Next);
        Assert.IsType<ProcessEffect.Spawn>(step.Effects.Single());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_restart_of_what_is_ready_forgives_what_was_before_only_when_an_operator_wants_it(bool byOperator)
    {
        var history = new ProcessHistory { Openings = 2, BackOffs = 3 };
        var step = ProcessMachine.Decide(new MachineState(new Phase.Ready(default), history), new ProcessEvent.RestartWanted(byOperator), Policy, Seconds(10), 0.5);

        Assert.Equal(new MachineState(new Phase.Stopping(ThenStart: true), byOperator ? ProcessHistory.Empty : history), step.Next);
    }

    [Fact]
    public void An_exit_after_the_proof_is_no_failed_start_and_ends_the_trial_and_the_row_of_back_offs()
    {
        var tried = new MachineState(new Phase.Ready(Seconds(5)), new ProcessHistory { HalfOpen = true, BackOffs = 3, Openings = 2 });
        var history = ProcessMachine.Decide(tried, new ProcessEvent.Exited(), Policy, Seconds(15), 0.5).Next.History;

        Assert.Equal((false, 0, 2, 0, 1), (history.HalfOpen, history.BackOffs, history.Openings, history.FailedStarts.Length, history.Exits.Length));
    }

    [Theory]
    [InlineData(609.9, 3)]
    [InlineData(610, 0)]
    public void Ready_for_ten_minutes_to_the_moment_forgives(double exitedAt, int openings)
    {
        var state = new MachineState(new Phase.Ready(Seconds(10)), new ProcessHistory { Openings = 3 });

        Assert.Equal(openings, ProcessMachine.Decide(state, new ProcessEvent.Exited(), Policy, Seconds(exitedAt), 0.5).Next.History.Openings);
    }

    [Theory]
    [InlineData(610, 2)]
    [InlineData(610.1, 1)]
    public void An_exit_counts_for_ten_minutes_to_the_moment(double now, int counted)
    {
        var history = new ProcessHistory { Exits = [Seconds(10)], FailedStarts = [Seconds(10)] }.Exited(Seconds(now), failedStart: true, Policy);

        Assert.Equal((counted, counted), (history.Exits.Length, history.FailedStarts.Length));
    }

    private static readonly Gen<(ProcessEvent Event, int Gap)[]> Sequences =
        Gen.Select(Gen.Int[0, AllEvents.Length - 1].Select(i => AllEvents[i]), Gen.Int[0, 400]).Array[1, 60];

    private static string? Violation((ProcessEvent Event, int Gap)[] events, Func<MachineState, ProcessEvent, SupervisionPolicy, TimeSpan, double, MachineStep> decide)
    {
        var (state, alive, now) = (MachineState.Initial, false, TimeSpan.Zero);
        foreach (var (happened, gap) in events)
        {
            now += Seconds(gap);
            if (!IsPossible(happened, alive, state.Phase))
            {
                continue;
            }

            alive = happened switch
            {
                ProcessEvent.Adopted => true,
                ProcessEvent.Exited or ProcessEvent.SpawnFailed or ProcessEvent.SpawnHeld => false,
                _ => alive,
            };
            var step = decide(state, happened, Policy, now, 0.5);
            foreach (var effect in step.Effects)
            {
                if ((effect is ProcessEffect.Spawn && alive) || (effect is ProcessEffect.BeginStop && !alive))
                {
                    return $"{effect} in {state.Phase} on {happened}, alive: {alive}";
                }

                alive |= effect is ProcessEffect.Spawn;
            }

            state = step.Next;
            if (alive != HasProcess(state.Phase))
            {
                return $"{state.Phase} after {happened}, alive: {alive}";
            }

            if (happened is ProcessEvent.StopWanted && state.Phase is not (Phase.Stopped or Phase.Stopping { ThenStart: false }))
            {
                return $"{state.Phase} although a stop is wanted";
            }
        }

        return null;
    }

    // A process that is not there cannot exit, answer or be found; one that is there is not started once more.
    private static bool IsPossible(ProcessEvent happened, bool alive, Phase phase) => happened switch
    {
        ProcessEvent.Exited or ProcessEvent.Answered => alive,
        ProcessEvent.SpawnFailed or ProcessEvent.SpawnHeld => alive && phase is Phase.Starting,
        ProcessEvent.Adopted => !alive,
        _ => true,
    };

    private static bool HasProcess(Phase phase) => phase is Phase.Starting or Phase.Ready or Phase.Stopping;

    private static MachineStep Decide(Phase phase, ProcessEvent happened, double now) =>
        ProcessMachine.Decide(new MachineState(phase, ProcessHistory.Empty), happened, Policy, Seconds(now), 0.5);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
