using MoneroCloud.Core;
using Xunit;
using static MoneroCloud.Core.Certainty;
using static MoneroCloud.Core.HealthState;

namespace MoneroCloud.Tests;

public sealed class SilentRowsTests
{
    private static NodeEvidence Working(NodeEvidence evidence) => evidence with
    {
        Work = evidence.Work with { CpuUsed = TimeSpan.FromSeconds(1.9), HeightRise = 120, LogGrowth = 4096, NoProgressFor = TimeSpan.Zero },
    };

    private static NodeEvidence Receives(int silent, int received, string? channel) => Given.Silent(silent) with
    {
        DaemonLink = new DaemonLinkSighting.Idle { For = TimeSpan.FromSeconds(received) },
        Process = Given.Alive(TimeSpan.FromHours(1)) with { WaitChannel = channel },
    };

    private static NodeEvidence WaitsFor(int requestSeconds, DaemonSighting daemon) => Given.Silent(300) with
    {
        DaemonLink = new DaemonLinkSighting.RequestOutstanding(TimeSpan.FromSeconds(requestSeconds)),
        Daemon = daemon,
    };

    private static NodeEvidence Closed(int seconds) => Given.Silent(seconds) with { Api = Given.Refused, Port = new PortSighting.Nobody() };

    /// <summary>The row alone, whatever stands before it in the table.</summary>
    [Fact]
    public void Work_a_request_to_the_daemon_and_half_an_answer_of_it_are_no_hang_by_themselves()
    {
        Assert.NotNull(Hung(Given.Silent(300)));
        Assert.Null(Hung(Given.Silent(300) with { Work = Given.Silent(300).Work with { CpuUsed = TimeSpan.FromSeconds(1.9) } }));
        Assert.Null(Hung(WaitsFor(290, DaemonSighting.Silent)));
        Assert.Null(Hung(Receives(90, 30, "do_epoll_wait")));
    }

    private static Finding? Hung(NodeEvidence evidence) => SilentRows.Hung(new Case(evidence, DiagnosisPolicy.Default));

    [Fact]
    public void A_reset_on_the_first_request_is_saturation_and_no_reason_to_restart() =>
        (Given.Wallet with { Api = new ApiAnswer.Reset() }).Diagnosed().MustBe(
            Condition.Saturated, Degraded, Probable, Remedy.Alert,
            "connects, and resets the first request: its 25 connections (3 from a public address) are taken; look for who keeps them");

    [Fact]
    public void A_reset_of_the_probe_alone_is_saturation_of_the_public_address() =>
        (Given.Wallet with { Probe = new ProbeSighting(new ApiAnswer.Reset()) }).Diagnosed().MustBe(
            Condition.Saturated, Degraded, Probable, Remedy.Alert,
            "answers on its host, and resets the monitor's probe: the 3 connections of a public address are taken; look for who keeps them");

    [Fact]
    public void A_daemon_that_refuses_is_down() =>
        (Given.Remote(Given.Refused) with { Kind = NodeKind.Daemon }).Diagnosed().MustBe(
            Condition.DaemonDown, Down, Probable, Remedy.Alert, "port 18083 refuses connections; wallets that use this daemon wait for it");

    [Fact]
    public void A_daemon_alive_with_a_closed_port_is_down() =>
        (Given.Silent(9, Given.Daemon) with { Port = new PortSighting.Nobody() }).Diagnosed().MustBe(
            Condition.DaemonDown, Down, Probable, Remedy.Alert,
            "port 18210 refuses connections, though its process is alive; wallets that use this daemon wait for it");

    [Fact]
    public void A_silent_daemon_that_works_is_busy() =>
        Working(Given.Silent(34, Given.Daemon)).Diagnosed().MustBe(
            Condition.DaemonBusy, Degraded, Probable, Remedy.Alert,
            "no answer for 34 s; the daemon is working: it used 1.9 s of CPU, rose 120 blocks, wrote 4 KiB of log since the check before");

    [Fact]
    public void A_silent_wallet_that_works_is_busy_and_left_alone() =>
        Working(Given.Silent(600)).Diagnosed().MustBe(
            Condition.Busy, Degraded, Probable, Remedy.Wait,
            "no answer for 10 min; it is working: it used 1.9 s of CPU, rose 120 blocks, wrote 4 KiB of log since the check before");

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Any_one_sign_of_work_is_enough(int cpuTicks, long blocks, long bytes) =>
        Assert.Equal(
            Condition.Busy,
            (Given.Silent(90) with { Work = new WorkSighting { EverAnswered = true, CpuUsed = new TimeSpan(cpuTicks), HeightRise = blocks, LogGrowth = bytes } })
                .Diagnosed().Condition);

    [Fact]
    public void Work_past_its_budget_is_an_alert_and_never_a_restart() =>
        Working(Given.Silent(601)).Diagnosed().MustBe(
            Condition.BusyTooLong, Degraded, Probable, Remedy.Alert,
            "no answer for 10 min, and 10 min are allowed; it is working: it used 1.9 s of CPU, rose 120 blocks, wrote 4 KiB of log since the check before, so it is not restarted");

    [Theory]
    [InlineData(0x1001C, 100, Condition.Busy)]
    [InlineData(0x1001C, 0, Condition.BusyTooLong)]
    [InlineData(0x1001D, 100, Condition.BusyTooLong)]
    [InlineData(null, 100, Condition.BusyTooLong)]
    public void Versions_that_starve_their_callers_may_sync_for_longer(int? version, long rise, Condition condition)
    {
        var syncing = Given.Silent(3600) with { LastVersion = version };
        Assert.Equal(condition, (syncing with { Work = syncing.Work with { HeightRise = rise, CpuUsed = TimeSpan.FromSeconds(1) } }).Diagnosed().Condition);
    }

    [Theory]
    [InlineData(79, Condition.Busy)]
    [InlineData(80, Condition.BusyTooLong)]
    [InlineData(120, Condition.BusyTooLong)]
    public void One_that_is_more_than_twenty_blocks_behind_its_daemon_syncs(long height, Condition condition)
    {
        var silent = Given.Silent(3600) with { LastVersion = 0x1001C, Chain = new ChainSighting { Height = height, DaemonHeight = 100 } };
        Assert.Equal(condition, (silent with { Work = silent.Work with { CpuUsed = TimeSpan.FromSeconds(1) } }).Diagnosed().Condition);
    }

    [Theory]
    [InlineData(700, true, false, Condition.Busy)]
    [InlineData(6 * 3600, true, false, Condition.Busy)]
    [InlineData(6 * 3600 + 1, true, false, Condition.BusyTooLong)]
    [InlineData(700, false, false, Condition.PortClosed)]
    [InlineData(700, true, true, Condition.PortClosed)]
    public void A_closed_port_is_explained_by_work_only_during_the_first_refresh(int seconds, bool walletFile, bool everAnswered, Condition condition)
    {
        var evidence = Working(Closed(seconds)) with { WalletFileMode = walletFile };
        Assert.Equal(condition, (evidence with { Work = evidence.Work with { EverAnswered = everAnswered } }).Diagnosed().Condition);
    }

    [Theory]
    [InlineData(29, Condition.Silent)]
    [InlineData(30, Condition.PortClosed)]
    public void The_first_refresh_may_rest_for_a_moment_between_two_looks(int rests, Condition condition)
    {
        var evidence = Closed(700) with { WalletFileMode = true };
        Assert.Equal(condition, (evidence with { Work = evidence.Work with { EverAnswered = false, NoProgressFor = TimeSpan.FromSeconds(rests) } }).Diagnosed().Condition);
    }

    [Theory]
    [InlineData(ProcessRunState.Sleeping, Condition.PortClosed)]
    [InlineData(ProcessRunState.Running, Condition.Unresponsive)]
    [InlineData(ProcessRunState.DiskSleep, Condition.Unresponsive)]
    public void A_process_that_only_lacks_a_turn_is_not_restarted_for_its_closed_port(ProcessRunState state, Condition condition) =>
        Assert.Equal(condition, (Closed(700) with { Process = Given.Alive(TimeSpan.FromHours(1), state) }).Diagnosed().Condition);

    [Fact]
    public void The_first_refresh_may_wait_for_the_daemon_as_long_as_that_does_not_answer()
    {
        var evidence = Closed(5000) with { WalletFileMode = true, DaemonLink = new DaemonLinkSighting.RequestOutstanding(TimeSpan.FromSeconds(200)) };
        Assert.Equal(Condition.WaitingForDaemon, (evidence with { Work = evidence.Work with { EverAnswered = false } }).Diagnosed().Condition);
    }

    [Fact]
    public void A_wallet_with_a_request_to_its_daemon_outstanding_is_not_restarted() =>
        WaitsFor(290, DaemonSighting.Silent).Diagnosed().MustBe(
            Condition.WaitingForDaemon, Degraded, Probable, Remedy.AlertOnDaemon,
            "no answer for 5 min; it has waited 4 min for its daemon, which does not answer; restarting the wallet cures nothing");

    [Theory]
    [InlineData(100_000, DaemonSighting.Silent, Condition.WaitingForDaemon)]
    [InlineData(100_000, DaemonSighting.Refuses, Condition.WaitingForDaemon)]
    [InlineData(100_000, DaemonSighting.NotKnown, Condition.WaitingForDaemon)]
    [InlineData(240, DaemonSighting.Answers, Condition.WaitingForDaemon)]
    [InlineData(241, DaemonSighting.Answers, Condition.Hung)]
    public void The_wait_for_a_daemon_ends_only_when_the_daemon_answers_others(int seconds, DaemonSighting daemon, Condition condition) =>
        Assert.Equal(condition, WaitsFor(seconds, daemon).Diagnosed().Condition);

    [Fact]
    public void A_wallet_that_may_lack_the_rest_of_an_answer_is_not_restarted() =>
        Receives(90, 30, "do_epoll_wait").Diagnosed().MustBe(
            Condition.WaitingForDaemon, Degraded, Probable, Remedy.AlertOnDaemon,
            "no answer for 90 s; its daemon, from which data came 30 s ago, may not have sent all of an answer; restarting the wallet cures nothing");

    [Theory]
    [InlineData(59, 1, "do_epoll_wait", Condition.Silent)]
    [InlineData(60, 60, "ep_poll", Condition.WaitingForDaemon)]
    [InlineData(500, 240, "do_epoll_wait", Condition.WaitingForDaemon)]
    [InlineData(500, 241, "do_epoll_wait", Condition.Hung)]
    [InlineData(60, 1, null, Condition.WaitingForDaemon)]
    [InlineData(60, 1, "futex_do_wait", Condition.Hung)]
    public void The_rest_of_an_answer_is_waited_for_in_epoll_and_for_240_s(int silent, int received, string? channel, Condition condition) =>
        Assert.Equal(condition, Receives(silent, received, channel).Diagnosed().Condition);

    [Fact]
    public void A_wallet_asleep_with_waiting_connections_and_no_request_is_hung() =>
        Given.Silent(74).Diagnosed().MustBe(
            Condition.Hung, Down, Probable, Remedy.Restart,
            "no answer for 74 s; the process is asleep, used no CPU, and 3 connections wait in its accept queue");

    [Fact]
    public void A_wallet_without_a_connection_to_its_daemon_does_not_wait_for_it() =>
        Assert.Equal(Condition.Hung, (Given.Silent(74) with { DaemonLink = new DaemonLinkSighting.NotConnected() }).Diagnosed().Condition);

    [Fact]
    public void A_daemon_is_hung_whatever_it_is_connected_to() =>
        Assert.Equal(Condition.Hung, Given.Silent(74, Given.Daemon).Diagnosed().Condition);

    [Fact]
    public void What_is_not_proven_to_be_a_deadlock_is_never_restarted()
    {
        var unexplained = "no answer for 74 s, and nothing the host shows explains it; look at the node itself";
        NodeEvidence[] cases =
        [
            Given.Silent(74) with { Port = new PortSighting.Own(0) },
            Given.Silent(74) with { DaemonLink = new DaemonLinkSighting.NotLooked() },
            Given.Silent(74) with { Process = new ProcessSighting.NotPermitted("/proc/812/stat") },
            Given.Silent(74) with { Process = new ProcessSighting.NotLooked() },
        ];
        Assert.All(cases, evidence => evidence.Diagnosed().MustBe(Condition.Unresponsive, Down, Probable, Remedy.Alert, unexplained));
    }

    [Theory]
    [InlineData(ProcessRunState.Running, "no answer for 74 s, and its process is runnable and gets no CPU: look at the load of its host")]
    [InlineData(ProcessRunState.DiskSleep, "no answer for 74 s, and its process is in an uninterruptible wait, which no signal ends: look at its disk")]
    public void A_process_without_a_turn_or_waiting_for_a_disk_is_no_deadlock(ProcessRunState state, string explanation) =>
        (Given.Silent(74) with { Process = Given.Alive(TimeSpan.FromHours(1), state) }).Diagnosed().MustBe(
            Condition.Unresponsive, Down, Probable, Remedy.Alert, explanation);

    [Theory]
    [InlineData(59, 59, Condition.Silent)]
    [InlineData(60, 60, Condition.Hung)]
    [InlineData(300, 59, Condition.Silent)]
    public void The_hang_budget_counts_from_the_last_sign_of_work(int unanswered, int noProgress, Condition condition)
    {
        var evidence = Given.Silent(unanswered);
        Assert.Equal(condition, (evidence with { Work = evidence.Work with { NoProgressFor = TimeSpan.FromSeconds(noProgress) } }).Diagnosed().Condition);
    }

    [Theory]
    [InlineData(59, Condition.Silent)]
    [InlineData(60, Condition.Unresponsive)]
    public void A_silence_that_nothing_explains_counts_from_the_hang_budget_on(int seconds, Condition condition) =>
        Assert.Equal(condition, (Given.Silent(seconds) with { Port = new PortSighting.Own(0) }).Diagnosed().Condition);

    [Theory]
    [InlineData(29, Remedy.Wait)]
    [InlineData(30, Remedy.Restart)]
    public void A_closed_port_waits_for_its_grace_and_then_goes_to_the_ladder(int seconds, Remedy remedy) =>
        Closed(seconds).Diagnosed().MustBe(
            Condition.PortClosed, Down, Probable, remedy,
            $"nobody listens on port 18210, though the process has been alive for 60 min; no answer for {seconds} s");

    [Fact]
    public void A_short_silence_leaves_the_state_as_it_is()
    {
        var silent = Given.Silent(12).Diagnosed();
        silent.MustBe(Condition.Silent, null, Probable, Remedy.Wait, "no answer for 12 s; 60 s are allowed before it counts");
        Assert.False(silent.Worked);
    }

    [Fact]
    public void A_probe_that_fails_while_the_host_gets_its_answer_is_a_matter_of_the_network() =>
        (Given.Wallet with { Probe = new ProbeSighting(Given.TimedOut) }).Diagnosed().MustBe(
            Condition.Unreachable, Degraded, Probable, Remedy.Alert,
            "answers on its host, but the monitor's probe got no answer within 5 s; look at the network path and the probe address");

    [Fact]
    public void A_proxy_error_is_a_matter_of_the_network_as_long_as_the_host_gets_its_answer() =>
        Assert.Equal(Condition.Unreachable, (Given.Wallet with { Probe = new ProbeSighting(new ApiAnswer.HttpStatus(502)) }).Diagnosed().Condition);

    [Fact]
    public void A_proxy_error_does_not_hide_what_the_host_sees() =>
        Assert.Equal(Condition.Hung, (Given.Silent(74) with { Probe = new ProbeSighting(new ApiAnswer.HttpStatus(504)) }).Diagnosed().Condition);

    [Fact]
    public void A_remote_node_without_an_answer_is_unresponsive_and_not_restarted() =>
        Given.Remote(Given.TimedOut).Diagnosed().MustBe(
            Condition.Unresponsive, Down, Probable, Remedy.Alert,
            "the monitor's probe got no answer within 5 s, and there is no report from its host; look at the node's host");

    [Fact]
    public void Host_evidence_older_than_two_reports_counts_for_nothing()
    {
        var old = Given.Silent(74) with { HostEvidenceAge = TimeSpan.FromSeconds(121), Probe = new ProbeSighting(Given.TimedOut) };

        old.Diagnosed().MustBe(
            Condition.Unresponsive, Down, Probable, Remedy.Alert,
            "the monitor's probe got no answer within 5 s, and the last report from its host is 2 min old; look at the node's host");
        (old with { Probe = null }).Diagnosed().MustBe(Condition.Silent, null, Probable, Remedy.Wait, "the last report from its host is 2 min old");
        Assert.Equal(Condition.Hung, (old with { HostEvidenceAge = TimeSpan.FromSeconds(120) }).Diagnosed().Condition);
    }

    [Fact]
    public void Of_an_answered_probe_and_a_silent_host_the_younger_is_believed()
    {
        var probe = new ProbeSighting(Given.Answered(Given.WalletVersion, new WalletAnswer.Open(5))) { Age = TimeSpan.FromSeconds(30) };
        var evidence = Given.Silent(74) with { Probe = probe };

        Assert.Equal(Condition.Hung, (evidence with { HostEvidenceAge = TimeSpan.FromSeconds(10) }).Diagnosed().Condition);
        Assert.Equal(Condition.Healthy, (evidence with { HostEvidenceAge = TimeSpan.FromSeconds(50) }).Diagnosed().Condition);
    }

    public static TheoryData<ProcessSighting, string> Unasked => new()
    {
        { new ProcessSighting.NotLooked(), "nothing is known about this node: no check has reached it" },
        { new ProcessSighting.NotPermitted("/proc/812/stat"), "the process may not be read (/proc/812/stat), and its API was not asked" },
        { Given.Alive(TimeSpan.FromHours(1)), "the process is alive, and its API was not asked" },
    };

    [Theory]
    [MemberData(nameof(Unasked))]
    public void A_node_about_which_too_little_is_known_keeps_its_state(ProcessSighting process, string explanation) =>
        new NodeEvidence { Kind = NodeKind.WalletRpc, At = Given.Now, Number = new ObservationNumber(1, 1), Process = process }
            .Diagnosed().MustBe(Condition.Silent, null, Probable, Remedy.Wait, explanation);
}
