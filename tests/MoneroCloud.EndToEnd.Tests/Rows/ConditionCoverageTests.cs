using System.Reflection;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Which test brings a node into each condition with the real programs; and of those that none does, why not and what stands for it.</summary>
public sealed class ConditionCoverageTests
{
    private static readonly Dictionary<Condition, Shown> Table = new()
    {
        [Condition.Inconclusive] = By<AnsweredRowsTests>(nameof(AnsweredRowsTests.An_agent_without_descriptors_concludes_nothing_and_touches_nothing)),
        [Condition.StoppedByOperator] = By<SupervisionScenarioTests>(nameof(SupervisionScenarioTests.An_operators_stop_survives_the_agent_and_is_no_failure)),
        [Condition.PortTaken] = By<TakenPortTests>(nameof(TakenPortTests.A_node_whose_port_is_taken_is_not_started_until_the_port_is_free)),
        [Condition.Orphan] = By<OrphanTests>(nameof(OrphanTests.An_undeclared_wallet_rpc_that_holds_the_wallet_is_named_and_once_it_is_gone_the_wallet_is_opened)),
        [Condition.PidReused] = new Shown.Elsewhere("an agent holds its process by a pidfd, so its pid is not given away while it looks: PidFdTests and HostRowsTests"),
        [Condition.Exited] = By<SupervisionScenarioTests>(nameof(SupervisionScenarioTests.A_wallet_that_is_killed_is_back_with_its_wallet_open_and_the_events_tell_it_with_times)),
        [Condition.Stopped] = By<StoppedAgainTests>(nameof(StoppedAgainTests.A_wallet_that_is_stopped_again_and_again_is_restarted_after_the_budget_and_its_neighbour_is_not)),
        [Condition.OutputBlocked] = By<SilentRowsTests>(nameof(SilentRowsTests.A_wallet_whose_output_nobody_reads_is_blocked_and_a_restart_cures_it)),
        [Condition.Starting] = By<SupervisionScenarioTests>(nameof(SupervisionScenarioTests.A_wallet_that_is_killed_is_back_with_its_wallet_open_and_the_events_tell_it_with_times)),
        [Condition.WrongService] = By<AnsweredRowsTests>(nameof(AnsweredRowsTests.The_other_program_on_a_nodes_port_is_the_wrong_service)),
        [Condition.BadAnswer] = By<AnsweredRowsTests>(nameof(AnsweredRowsTests.A_web_server_on_a_nodes_port_is_a_bad_answer)),
        [Condition.AuthRejected] = By<AnsweredRowsTests>(nameof(AnsweredRowsTests.A_wallet_that_knows_another_login_is_alive_and_rejects_ours)),
        [Condition.NoWalletOpen] = By<AnsweredRowsTests>(nameof(AnsweredRowsTests.A_wallet_whose_password_is_wrong_stays_closed_and_is_not_tried_again_at_once)),
        [Condition.DaemonForked] = new Shown.Elsewhere("between several real daemons: DaemonTests"),
        [Condition.DaemonStalled] = new Shown.Elsewhere("between several real daemons: DaemonTests"),
        [Condition.WalletBehind] = new Shown.Elsewhere("with its real daemon: DaemonTests (long), and AnsweredRowsTests of the fast tests"),
        [Condition.Healthy] = By<SupervisionScenarioTests>(nameof(SupervisionScenarioTests.A_killed_agent_leaves_its_wallets_and_the_next_one_adopts_them_without_a_second_start)),
        [Condition.Saturated] = By<AnsweredRowsTests>(nameof(AnsweredRowsTests.A_wallet_without_a_free_connection_is_saturated_and_well_once_they_are_given_back)),
        [Condition.DaemonDown] = By<SilentRowsTests>(nameof(SilentRowsTests.A_daemon_that_does_not_come_to_listen_is_down_and_not_restarted)),
        [Condition.DaemonBusy] = By<SilentRowsTests>(nameof(SilentRowsTests.A_daemon_that_works_and_does_not_answer_is_busy_and_not_restarted)),
        [Condition.Busy] = By<SilentRowsTests>(nameof(SilentRowsTests.A_wallet_from_the_command_line_that_loads_for_longer_than_its_grace_is_busy_and_not_restarted_for_its_closed_port)),
        [Condition.BusyTooLong] = By<SilentRowsTests>(nameof(SilentRowsTests.A_wallet_that_computes_is_busy_then_busy_too_long_and_never_restarted)),
        [Condition.WaitingForDaemon] = By<SilentRowsTests>(nameof(SilentRowsTests.Behind_a_slow_daemon_a_wallet_is_never_down_and_behind_a_silent_one_it_waits_past_the_hang_budget)),
        [Condition.Hung] = By<SilentRowsTests>(nameof(SilentRowsTests.A_wallet_in_a_deadlock_is_hung_after_the_budget_and_restarted)),
        [Condition.PortClosed] = By<SilentRowsTests>(nameof(SilentRowsTests.A_wallet_that_does_not_come_to_listen_is_restarted_after_its_grace)),
        [Condition.Silent] = By<RealTimeRowsTests>(nameof(RealTimeRowsTests.A_wallet_in_a_deadlock_is_silent_until_the_default_budget_is_over_and_is_then_restarted)),
        [Condition.Unreachable] = new Shown.Elsewhere("of the monitor, between real probes and reports: ProbeTests of the fast tests"),
        [Condition.Unresponsive] = new Shown.Elsewhere("of the monitor, between real probes and reports: ProbeTests of the fast tests"),
        [Condition.AgentSilent] = new Shown.Elsewhere("of the agent, never of a node: AgentComingsAndGoingsTests of the fast tests"),
    };

    [Fact]
    public void Every_condition_is_brought_about_by_a_test_or_says_why_none_does() => Assert.Empty(Complaints(Table));

    [Theory]
    [InlineData(Condition.Hung, "")]
    [InlineData(Condition.Busy, "A_test_that_is_not_there")]
    public void A_condition_that_nothing_brings_about_is_found(Condition condition, string method)
    {
        var table = Table.Where(row => row.Key != condition || method != "").ToDictionary(row => row.Key, row => row.Key == condition ? By<SilentRowsTests>(method) : row.Value);

        Assert.Equal([condition], Complaints(table));
    }

    private static Condition[] Complaints(Dictionary<Condition, Shown> table) => [.. Enum.GetValues<Condition>().Where(condition => table.GetValueOrDefault(condition) switch
    {
        Shown.ByTest shown => shown.Class.GetMethod(shown.Method) is not { } method || !method.GetCustomAttributes<FactAttribute>().Any(),
        Shown.Elsewhere elsewhere => elsewhere.Why.Length == 0,
        _ => true,
    })];

    private static Shown.ByTest By<TClass>(string method) => new(typeof(TClass), method);

    private abstract record Shown
    {
        private Shown()
        {
        }

        public sealed record ByTest(Type Class, string Method) : Shown;

        public sealed record Elsewhere(string Why) : Shown;
    }
}
