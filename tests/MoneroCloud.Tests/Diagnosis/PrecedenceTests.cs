using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class PrecedenceTests
{
    /// <summary>The order as the documentation gives it.</summary>
    private const string Documented =
        "Inconclusive, StoppedByOperator, PortTaken, Orphan, PidReused, Exited, Stopped, OutputBlocked, Starting, "
        + "WrongService, BadAnswer, AuthRejected, NoWalletOpen, DaemonForked, DaemonStalled, WalletBehind, Healthy, "
        + "Saturated, DaemonDown, DaemonBusy, Busy, BusyTooLong, WaitingForDaemon, Hung, PortClosed, Silent, Unreachable, Unresponsive, Silent";

    [Fact]
    public void The_table_has_the_documented_order() =>
        Assert.Equal(Documented, string.Join(", ", Diagnoser.Rows.Select(r => r.Condition)));

    [Fact]
    public void Every_condition_of_a_node_has_a_row() =>
        Assert.Equal([Condition.AgentSilent], Enum.GetValues<Condition>().Except(Diagnoser.Rows.Select(r => r.Condition)));

    [Fact]
    public void Without_its_last_row_the_table_is_faulty() =>
        Assert.Throws<InvalidOperationException>(() => Diagnoser.Diagnose(Given.Wallet, DiagnosisPolicy.Default, []));

    [Theory]
    [InlineData(Condition.Inconclusive, null)]
    [InlineData(Condition.Hung, HealthState.Down)]
    [InlineData(Condition.Busy, HealthState.Degraded)]
    [InlineData(Condition.AgentSilent, null)]
    public void A_condition_speaks_for_the_state_of_its_row(Condition condition, HealthState? state) => Assert.Equal(state, Diagnoser.StateOf(condition));

    private static NodeEvidence Everything { get; } = Given.Silent(700) with
    {
        Vantage = new VantageSighting("no route", 0, 0, 0),
        Desired = new DesiredState.Stopped("alice", Given.Now),
        Port = new PortSighting.Taken(5, "nginx"),
        Lock = new LockSighting.Orphan(6, "x"),
        Process = new ProcessSighting.Reused(812),
    };

    [Fact]
    public void What_the_host_knows_is_told_in_its_order()
    {
        var evidence = Everything;
        Assert.Equal(Condition.Inconclusive, evidence.Diagnosed().Condition);
        evidence = evidence with { Vantage = VantageSighting.Sound };
        Assert.Equal(Condition.StoppedByOperator, evidence.Diagnosed().Condition);
        evidence = evidence with { Desired = new DesiredState.Running() };
        Assert.Equal(Condition.PortTaken, evidence.Diagnosed().Condition);
        evidence = evidence with { Port = new PortSighting.Own(3) };
        Assert.Equal(Condition.Orphan, evidence.Diagnosed().Condition);
        evidence = evidence with { Lock = new LockSighting.Free() };
        Assert.Equal(Condition.PidReused, evidence.Diagnosed().Condition);
        var stopped = Given.Alive(TimeSpan.FromSeconds(1), ProcessRunState.Stopped) with { WaitChannel = "pipe_write" };
        evidence = evidence with { Process = stopped, Work = new WorkSighting { CpuUsed = TimeSpan.FromSeconds(1) } };
        Assert.Equal(Condition.Stopped, evidence.Diagnosed().Condition);
        evidence = evidence with { Process = stopped with { RunState = ProcessRunState.Sleeping } };
        Assert.Equal(Condition.OutputBlocked, evidence.Diagnosed().Condition);
        evidence = evidence with { Process = stopped with { RunState = ProcessRunState.Sleeping, WaitChannel = null } };
        Assert.Equal(Condition.Starting, evidence.Diagnosed().Condition);
        evidence = evidence with { Work = evidence.Work with { EverAnswered = true } };
        Assert.Equal(Condition.Busy, evidence.Diagnosed().Condition);
    }

    [Fact]
    public void An_exit_outranks_an_answer_because_somebody_else_gave_it() =>
        Assert.Equal(
            Condition.Exited,
            (Given.Wallet with { Process = new ProcessSighting.Gone(new ProcessExit.Killed(9), ExitCause.Unknown) }).Diagnosed().Condition);

    [Fact]
    public void A_fork_outranks_a_stall_and_a_stall_outranks_health()
    {
        var evidence = Given.Daemon with { Chain = new ChainSighting { HashDiffersFromMajority = true, Peers = 0 } };

        Assert.Equal(Condition.DaemonForked, evidence.Diagnosed().Condition);
        Assert.Equal(Condition.DaemonStalled, (evidence with { Chain = new ChainSighting { Peers = 0 } }).Diagnosed().Condition);
    }

    [Fact]
    public void The_local_answer_outranks_what_the_probe_missed()
    {
        var evidence = Given.Wallet with { Probe = new ProbeSighting(Given.TimedOut), Api = Given.Answered(Given.WalletVersion, new WalletAnswer.NotOpen()) };

        Assert.Equal(Condition.NoWalletOpen, evidence.Diagnosed().Condition);
    }
}
