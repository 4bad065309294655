using MoneroCloud.Core;
using Xunit;
using static MoneroCloud.Core.Certainty;
using static MoneroCloud.Core.HealthState;

namespace MoneroCloud.Tests;

public sealed class HostRowsTests
{
    [Fact]
    public void A_failed_self_check_of_the_observer_concludes_nothing() =>
        (Given.Silent(74) with { Vantage = new VantageSighting("no default route", 0, 0, 0) }).Diagnosed().MustBe(
            Condition.Inconclusive, null, Probable, Remedy.Wait,
            "nothing can be concluded: the observer's own check failed (no default route)");

    [Fact]
    public void Most_nodes_of_several_agents_failing_at_once_conclude_nothing() =>
        (Given.Silent(74) with { Vantage = new VantageSighting(null, 13, 20, 3) }).Diagnosed().MustBe(
            Condition.Inconclusive, null, Probable, Remedy.Wait,
            "nothing can be concluded: 13 of 20 nodes of 3 agents failed in the same tick");

    [Fact]
    public void A_check_that_failed_on_our_own_side_concludes_nothing() =>
        (Given.Wallet with { Api = new ApiAnswer.OwnFailure("no descriptors left") }).Diagnosed().MustBe(
            Condition.Inconclusive, null, Probable, Remedy.Wait,
            "nothing can be concluded: the check failed on our own side (no descriptors left)");

    [Fact]
    public void An_own_failure_of_one_vantage_is_made_good_by_the_answer_of_the_other()
    {
        var own = new ApiAnswer.OwnFailure("resolver");
        var good = Given.Answered(Given.WalletVersion, new WalletAnswer.Open(5));

        Assert.Equal(Condition.Healthy, (Given.Wallet with { Api = own, Probe = new ProbeSighting(good) }).Diagnosed().Condition);
        Assert.Equal(Condition.Healthy, (Given.Wallet with { Api = good, Probe = new ProbeSighting(own) }).Diagnosed().Condition);
        Assert.Equal(Condition.Inconclusive, Given.Remote(own).Diagnosed().Condition);
    }

    [Fact]
    public void A_node_stopped_by_its_operator_is_disabled() =>
        (Given.Wallet with { Desired = new DesiredState.Stopped("alice", Given.Now.AddHours(-2)), Process = new ProcessSighting.Gone(new ProcessExit.Exited(0), ExitCause.Unknown) })
            .Diagnosed().MustBe(Condition.StoppedByOperator, Disabled, Certain, Remedy.None, "stopped by alice at 2025-01-15 08:30:45 UTC");

    [Theory]
    [InlineData(812, "nginx", "port 18210 is held by nginx (pid 812)")]
    [InlineData(812, null, "port 18210 is held by the process with pid 812")]
    [InlineData(null, null, "port 18210 is held by another process, which may not be read")]
    public void A_port_held_by_another_process_is_an_alert_with_its_name(int? pid, string? name, string explanation) =>
        (Given.Wallet with { Port = new PortSighting.Taken(pid, name) }).Diagnosed().MustBe(Condition.PortTaken, Down, Certain, Remedy.Alert, explanation);

    [Theory]
    [InlineData(null)]
    [InlineData("/json_rpc")]
    public void Without_an_absolute_address_the_port_has_no_number(string? url) =>
        Assert.Equal(
            "its port is held by nginx (pid 812)",
            (Given.Wallet with { Url = url is null ? null : new Uri(url, UriKind.Relative), Port = new PortSighting.Taken(812, "nginx") }).Diagnosed().Explanation);

    [Fact]
    public void A_wallet_held_by_an_undeclared_process_is_an_orphan() =>
        (Given.Wallet with { Lock = new LockSighting.Orphan(99, "monero-wallet-r") }).Diagnosed().MustBe(
            Condition.Orphan, Down, Certain, Remedy.Alert,
            "the wallet is held open by monero-wallet-r (pid 99), which nobody declared; end that process first");

    [Fact]
    public void A_reused_pid_is_an_exit_and_nothing_is_signalled() =>
        (Given.Wallet with { Process = new ProcessSighting.Reused(812) }).Diagnosed().MustBe(
            Condition.PidReused, Down, Certain, Remedy.Restart,
            "the process is gone and its pid 812 belongs to another one; it must be started again, nothing is signalled");

    public static TheoryData<ProcessExit, ExitCause, int?, string> Exits => new()
    {
        { new ProcessExit.Killed(9), ExitCause.Unknown, 0, "the process exited (signal 9) and is being started again" },
        { new ProcessExit.Exited(1), ExitCause.WrongPassword, 12, "the process exited (code 1; the wallet password is wrong) and is started again in 12 s" },
        { new ProcessExit.Exited(0), ExitCause.Unknown, null, "the process exited (code 0); no start is planned: the breaker is open, or it waits for an operator" },
        { new ProcessExit.Unknown(), ExitCause.OutOfMemory, 0, "the process exited (code unknown: it was adopted; it ran out of memory) and is being started again" },
        { new ProcessExit.NeverStarted(null), ExitCause.Unknown, 0, "the process was never started and is being started again" },
        { new ProcessExit.NeverStarted("no such file"), ExitCause.BadFlag, 0, "the process could not be started (no such file; an option of its command line is not known) and is being started again" },
    };

    [Theory]
    [MemberData(nameof(Exits))]
    public void An_exit_is_restarted_and_tells_how_and_why_it_ended(ProcessExit exit, ExitCause cause, int? nextInSeconds, string explanation)
    {
        var gone = new ProcessSighting.Gone(exit, cause) { NextStart = nextInSeconds is { } s ? Given.Now.AddSeconds(s) : null };
        (Given.Wallet with { Process = gone }).Diagnosed().MustBe(Condition.Exited, Down, Certain, Remedy.Restart, explanation);
    }

    [Fact]
    public void Every_exit_cause_has_words() =>
        Assert.Equal(Enum.GetValues<ExitCause>().Length, Enum.GetValues<ExitCause>().Select(Words.Cause).Distinct().Count());

    [Theory]
    [InlineData(null, Remedy.Continue, "the process has been stopped (state T) for 0 s; SIGCONT continues it")]
    [InlineData(10, Remedy.Continue, "the process has been stopped (state T) for 10 s; SIGCONT continues it")]
    [InlineData(11, Remedy.Restart, "the process is still stopped (state T) after 11 s; SIGCONT did not help")]
    public void A_stopped_process_is_continued_once_and_restarted_after_ten_seconds(int? seconds, Remedy remedy, string explanation)
    {
        var stopped = Given.Alive(TimeSpan.FromHours(1), ProcessRunState.Stopped) with { StoppedFor = seconds is { } s ? TimeSpan.FromSeconds(s) : null };
        (Given.Silent(40) with { Process = stopped }).Diagnosed().MustBe(Condition.Stopped, Down, Certain, remedy, explanation);
    }

    [Fact]
    public void A_process_blocked_on_its_output_is_restarted() =>
        (Given.Silent(5) with { Process = Given.Alive(TimeSpan.FromHours(1)) with { WaitChannel = "anon_pipe_write" } }).Diagnosed().MustBe(
            Condition.OutputBlocked, Down, Certain, Remedy.Restart,
            "the process is blocked writing its output (anon_pipe_write), which nobody reads, and 3 connections wait in its accept queue");

    [Fact]
    public void A_write_to_a_pipe_is_no_block_while_the_node_answers_or_nothing_waits()
    {
        var writing = Given.Alive(TimeSpan.FromHours(1)) with { WaitChannel = "anon_pipe_write" };

        Assert.Equal(Condition.Healthy, (Given.Wallet with { Process = writing, Port = new PortSighting.Own(1) }).Diagnosed().Condition);
        Assert.Equal(Condition.Silent, (Given.Silent(5) with { Process = writing, Port = new PortSighting.Own(0) }).Diagnosed().Condition);
        Assert.Equal(Condition.Silent, (Given.Silent(5) with { Process = writing with { WaitChannel = "do_epoll_wait" } }).Diagnosed().Condition);
        Assert.Equal(Condition.Silent, (Given.Silent(5) with { Process = writing with { WaitChannel = "pipe_wait" } }).Diagnosed().Condition);
    }

    private static NodeEvidence Young(int age, int noProgress, bool walletFile = false) => Given.Wallet with
    {
        Process = Given.Alive(TimeSpan.FromSeconds(age)),
        Port = new PortSighting.Nobody(),
        Api = Given.Refused,
        WalletFileMode = walletFile,
        Work = new WorkSighting { UnansweredFor = TimeSpan.FromSeconds(age), NoProgressFor = TimeSpan.FromSeconds(noProgress) },
    };

    [Fact]
    public void A_young_process_that_has_not_answered_yet_is_starting() =>
        Young(3, 1).Diagnosed().MustBe(
            Condition.Starting, Unknown, Certain, Remedy.Wait,
            "started 3 s ago and has not answered yet; 30 s without progress are allowed, 10 min in all");

    [Fact]
    public void With_the_wallet_on_the_command_line_the_busy_budget_is_the_grace() =>
        Young(300, 200, walletFile: true).Diagnosed().MustBe(
            Condition.Starting, Unknown, Certain, Remedy.Wait,
            "started 5 min ago and has not answered yet; its port opens after the first refresh, 10 min are allowed");

    [Theory]
    [InlineData(29, 29, false, Condition.Starting)]
    [InlineData(300, 29, false, Condition.Starting)]
    [InlineData(30, 30, false, Condition.PortClosed)]
    [InlineData(600, 0, false, Condition.PortClosed)]
    [InlineData(599, 599, true, Condition.Starting)]
    [InlineData(600, 29, true, Condition.Silent)]
    [InlineData(600, 30, true, Condition.PortClosed)]
    public void The_grace_ends_after_thirty_seconds_without_progress_or_ten_minutes(int age, int noProgress, bool walletFile, Condition condition) =>
        Assert.Equal(condition, Young(age, noProgress, walletFile).Diagnosed().Condition);

    [Fact]
    public void A_young_process_that_resets_the_first_request_is_saturated_and_not_starting() =>
        Assert.Equal(Condition.Saturated, (Young(3, 1) with { Api = new ApiAnswer.Reset(), Port = new PortSighting.Own(0) }).Diagnosed().Condition);

    [Fact]
    public void What_has_answered_in_this_life_is_not_starting_any_more() =>
        Assert.NotEqual(Condition.Starting, (Young(3, 1) with { Work = new WorkSighting { EverAnswered = true } }).Diagnosed().Condition);
}
