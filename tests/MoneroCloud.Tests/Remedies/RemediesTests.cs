using CsCheck;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>When the monitor restarts a node by itself: only what a host saw, only what is confirmed, and only where nothing is in the way.</summary>
public sealed class RemediesTests
{
    private static readonly DaemonStanding Works = new("host.daemon", IsDown: false);

    private static readonly DaemonStanding IsDown = new("host.daemon", IsDown: true);

    public static TheoryData<string> Conditions => [.. Enum.GetNames<Condition>()];

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Of_all_conditions_only_these_four_are_the_monitors(string name)
    {
        var condition = Enum.Parse<Condition>(name);
        var wanted = Decide(HungNode.Of(condition)) is RemedyDecision.Wanted { Reason: var reason } && reason.Condition == condition;

        Assert.Equal(condition is Condition.Stopped or Condition.OutputBlocked or Condition.Hung or Condition.PortClosed, wanted);
    }

    /// <summary>Each condition as the real diagnosis finds it, with its own remedy and state.</summary>
    [Fact]
    public void What_the_diagnosis_itself_restarts_is_ordered_and_nothing_else()
    {
        var orders = AnyEvidence.Node.Array[3000].Single().Select(e => Diagnoser.Diagnose(e, DiagnosisPolicy.Default)).ToList();
        var ordered = 0;
        foreach (var diagnosis in orders)
        {
            var node = HungNode.Of(diagnosis.Condition, diagnosis.Remedy, diagnosis.State ?? HealthState.Up);
            var isOrdered = Decide(node) is RemedyDecision.Wanted;
            ordered += isOrdered ? 1 : 0;
            Assert.Equal(diagnosis is { State: HealthState.Down, Remedy: Remedy.Restart, Condition: not (Condition.Exited or Condition.PidReused) }, isOrdered);
        }

        Assert.InRange(ordered, 20, 1500);
    }

    [Fact]
    public void It_names_the_very_process_and_says_why()
    {
        var wanted = Assert.IsType<RemedyDecision.Wanted>(Decide(HungNode.Record));

        Assert.Equal((HungNode.Life, new AutomaticReason(Condition.Hung, "it is Hung"), 1, null), (wanted.Identity, wanted.Reason, wanted.Try, wanted.DownDaemon));
    }

    [Theory]
    [InlineData("it is not confirmed")]
    [InlineData("the last look says otherwise")]
    [InlineData("SIGCONT comes first")]
    [InlineData("an operator has stopped it")]
    [InlineData("it is not available")]
    [InlineData("no process is known")]
    [InlineData("no host has looked")]
    public void Nothing_is_wanted_where(string what)
    {
        var hung = HungNode.Record;
        var node = what switch
        {
            "it is not confirmed" => hung with { Health = hung.Health with { State = HealthState.Up, Condition = Condition.Healthy } },
            "the last look says otherwise" => hung with { Health = hung.Health with { Condition = Condition.PortClosed } },
            "SIGCONT comes first" => HungNode.Of(Condition.Stopped, Remedy.Continue),
            "an operator has stopped it" => hung with { Desired = new DesiredState.Stopped("alice", Given.Now) },
            "it is not available" => hung with { Available = false },
            "no process is known" => hung with { Identity = null },
            _ => hung with { Host = null },
        };

        Assert.IsType<RemedyDecision.NotWanted>(Decide(node));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    [InlineData(86_400, false)]
    [InlineData(-3_600, true)]
    public void Evidence_older_than_two_reports_restarts_nothing(int seconds, bool wanted)
    {
        var decision = Decide(HungNode.Record, HungNode.Fresh with { EvidenceAge = TimeSpan.FromSeconds(seconds) });

        Assert.Equal(wanted, decision is RemedyDecision.Wanted);
        Assert.Equal(!wanted, decision is RemedyDecision.Held { Reason: var reason } && reason.Contains("at most 2 min are allowed", StringComparison.Ordinal));
    }

    [Fact]
    public void An_open_breaker_holds_it_and_a_half_open_one_does_not()
    {
        var breaker = new BreakerStanding { State = BreakerState.Open, Since = Given.Now, Why = "5 starts in 10 min", NextTry = Given.Now.AddMinutes(10) };

        Held("its breaker is open until 2025-01-15 10:40:45 UTC", HungNode.Record with { Breaker = breaker });
        Assert.IsType<RemedyDecision.Wanted>(Decide(HungNode.Record with { Breaker = breaker with { State = BreakerState.HalfOpen, NextTry = null } }));
    }

    [Fact]
    public void Switched_off_it_is_held_and_says_so() =>
        Assert.Equal(new RemedyDecision.Held("automatic restarts are switched off"), Remedies.Decide(HungNode.Record, HungNode.Fresh, new RestartPolicy { Automatic = false }));

    /// <summary>Of a daemon that is down only what it cannot explain is restarted, and that with the daemon's name.</summary>
    [Theory]
    [InlineData(Condition.Hung, false)]
    [InlineData(Condition.PortClosed, false)]
    [InlineData(Condition.Stopped, true)]
    [InlineData(Condition.OutputBlocked, true)]
    public void A_daemon_that_is_down_holds_what_it_explains(Condition condition, bool wanted)
    {
        var down = Decide(HungNode.Of(condition), HungNode.Fresh with { Daemon = IsDown });
        var works = Decide(HungNode.Of(condition), HungNode.Fresh with { Daemon = Works });

        Assert.Equal(wanted, down is RemedyDecision.Wanted { DownDaemon: "host.daemon" });
        Assert.Equal(!wanted, down is RemedyDecision.Held);
        Assert.True(works is RemedyDecision.Wanted { DownDaemon: null });
    }

    [Theory]
    [InlineData(DaemonSighting.NotKnown, HealthState.Up, false)]
    [InlineData(DaemonSighting.Answers, HealthState.Degraded, false)]
    [InlineData(DaemonSighting.Answers, HealthState.Down, true)]
    [InlineData(DaemonSighting.Refuses, HealthState.Up, true)]
    [InlineData(DaemonSighting.Silent, null, true)]
    [InlineData(DaemonSighting.Answers, null, false)]
    public void A_daemon_is_down_by_its_own_record_or_by_what_the_wallets_host_saw(DaemonSighting seen, HealthState? stored, bool down)
    {
        var hung = HungNode.Record;
        var wallet = hung with { Daemon = NodeName.Parse("daemon"), Host = hung.Host! with { Seen = hung.Host.Seen with { Evidence = new HostEvidence { Daemon = seen } } } };
        var daemon = stored is { } state ? HungNode.Of(Condition.DaemonDown, Remedy.Alert, state) : null;

        Assert.Equal(new DaemonStanding("host.daemon", down), DaemonStanding.Of(wallet, daemon));
        Assert.Equal(new DaemonStanding("host's daemon", down), DaemonStanding.Of(wallet with { Daemon = null }, daemon));
        Assert.Null(DaemonStanding.Of(wallet with { Kind = NodeKind.Daemon }, daemon));
    }

    [Theory]
    [InlineData(0, null, false)]
    [InlineData(419, null, false)]
    [InlineData(421 + 900, null, true)]
    public void What_is_in_flight_is_ordered_once_and_again_when_it_has_expired_and_the_back_off_is_over(int secondsAgo, OutcomeResult? result, bool wanted)
    {
        var decision = Decide(HungNode.Record with { LastRestart = HungNode.Restart(TimeSpan.FromSeconds(secondsAgo), result) });

        Assert.Equal(wanted, decision is RemedyDecision.Wanted { Try: 2 });
        Assert.Equal(!wanted, decision is RemedyDecision.InFlight);
    }

    [Fact]
    public void One_that_was_taken_is_in_flight_for_as_long_as_its_ladder_may_take()
    {
        var taken = HungNode.Restart(TimeSpan.FromMinutes(50)) with { TakenAt = Given.Now.AddMinutes(-50) };

        Assert.IsType<RemedyDecision.InFlight>(Decide(HungNode.Record with { LastRestart = taken }));
        Assert.IsType<RemedyDecision.Wanted>(Decide(HungNode.Record with { LastRestart = taken with { TakenAt = Given.Now.AddMinutes(-76) } }));
    }

    [Fact]
    public void A_new_life_that_hangs_too_is_ordered_although_the_end_of_the_first_order_was_not_told()
    {
        var other = HungNode.Restart(TimeSpan.FromMinutes(16)) with { TakenAt = Given.Now.AddMinutes(-16), Identity = HungNode.Life with { Pid = 99 } };

        Assert.IsType<RemedyDecision.Wanted>(Decide(HungNode.Record with { LastRestart = other }));
        Assert.IsType<RemedyDecision.Held>(Decide(HungNode.Record with { LastRestart = other with { TakenAt = Given.Now.AddMinutes(-14) } }));
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    [InlineData(4, 120)]
    [InlineData(60, 120)]
    public void After_an_end_of_any_kind_the_next_waits_twice_as_long_each_time(int number, int minutes)
    {
        foreach (var result in Enum.GetValues<OutcomeResult>())
        {
            var last = HungNode.Restart(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1), result, number);
            Assert.IsType<RemedyDecision.Held>(Decide(HungNode.Record with { LastRestart = last }));
            Assert.True(Decide(HungNode.Record with { LastRestart = last with { EndedAt = Given.Now - TimeSpan.FromMinutes(minutes) } }) is RemedyDecision.Wanted { Try: var next } && next == number + 1);
        }
    }

    [Fact]
    public void What_is_held_after_a_restart_says_how_that_ended()
    {
        var restart = HungNode.Restart(TimeSpan.FromMinutes(10));
        var taken = HungNode.Restart(TimeSpan.FromMinutes(10)) with { TakenAt = Given.Now.AddMinutes(-10), Identity = HungNode.Life with { Pid = 99 } };

        Held("it was restarted at 2025-01-15 10:27:45 UTC (the order was not taken in time), and is not again before 2025-01-15 10:42:45 UTC", HungNode.Record with { LastRestart = restart });
        Held("it was restarted at 2025-01-15 10:20:45 UTC (the order's end was not told), and is not again before 2025-01-15 10:35:45 UTC", HungNode.Record with { LastRestart = taken });
        Held(
            "it was restarted at 2025-01-15 10:20:45 UTC (the order ended Failed), and is not again before 2025-01-15 10:35:45 UTC",
            HungNode.Record with { LastRestart = restart with { EndedAt = Given.Now.AddMinutes(-10), Result = OutcomeResult.Failed } });
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(501, 500)]
    public void An_order_gives_its_reason_up_to_a_bound(int length, int kept)
    {
        var health = HungNode.Record.Health;
        var node = HungNode.Record with { Health = health with { Last = health.Last! with { Explanation = new string('x', length) } } };

        Assert.Equal(new string('x', kept), Assert.IsType<RemedyDecision.Wanted>(Decide(node)).Reason.Explanation);
    }

    [Fact]
    public void One_that_cannot_be_restarted_is_not_ordered() => Assert.IsType<RemedyDecision.NotWanted>(Decide(HungNode.Record with { Restartable = false }));

    [Fact]
    public void After_exactly_twice_the_longest_wait_it_is_one_more_in_its_row() =>
        Assert.True(Decide(HungNode.Record with { LastRestart = HungNode.Restart(TimeSpan.FromMinutes(240), OutcomeResult.Done, 9) }) is RemedyDecision.Wanted { Try: 10 });

    [Fact]
    public void After_twice_the_longest_wait_it_is_the_first_again() =>
        Assert.True(Decide(HungNode.Record with { LastRestart = HungNode.Restart(TimeSpan.FromMinutes(241), OutcomeResult.Done, 9) }) is RemedyDecision.Wanted { Try: 1 });

    private static RemedyDecision Decide(NodeRecord node) => Decide(node, HungNode.Fresh);

    private static RemedyDecision Decide(NodeRecord node, RemedySituation situation) => Remedies.Decide(node, situation, RestartPolicy.Default);

    private static void Held(string reason, NodeRecord node) => Assert.Equal(new RemedyDecision.Held(reason), Decide(node));
}
