using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The rows of nodes that do not answer, each by a real process: two of them are restarted, and that cures them; the others never are.</summary>
public sealed class SilentRowsTests(SilentRows rows) : IClassFixture<SilentRows>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_in_a_deadlock_is_hung_after_the_budget_and_restarted()
    {
        // The whole of its budget, a ladder and a start, beside eight other nodes.
        var up = await rows.Agent.UntilAsync("hung", s => s.Restarts > 0 && s.Worked, Cancellation, TimeSpan.FromSeconds(60));

        var events = await rows.Agent.EventsAsync("hung", Cancellation);
        var hung = events.First(e => e.Transition?.ToCondition == Condition.Hung);
        Assert.Equal(HealthState.Down, hung.Transition!.To);
        Assert.Matches("^no answer for [1-9][0-9]+ s; the process is asleep, used no CPU, and [0-9]+ connections? waits? in its accept queue$", hung.Transition.Explanation);
        Assert.Contains(events, e => e.Fact is NodeFact.Stopping { Step: "SIGKILL" });
        Assert.DoesNotContain(events, e => e.Fact is NodeFact.Stopping { Step: "store" });
        Assert.Equal([up.Pid!.Value], rows.Agent.ProcessesOf("hung"));
    }

    [Fact]
    public async Task A_wallet_whose_output_nobody_reads_is_blocked_and_a_restart_cures_it()
    {
        var before = await rows.Agent.UntilUpAsync("piped", Cancellation);
        _ = FillAsync();

        await rows.Agent.UntilAsync("piped", s => s.Pid != before.Pid && s.Worked, Cancellation);

        var blocked = (await rows.Agent.EventsAsync("piped", Cancellation)).First(e => e.Transition?.ToCondition == Condition.OutputBlocked).Transition!;
        Assert.Equal(HealthState.Down, blocked.To);
        Assert.Matches("^the process is blocked writing its output \\(.*pipe_write\\), which nobody reads, and [0-9]+ connections? waits? in its accept queue$", blocked.Explanation);

        async Task FillAsync()
        {
            for (var request = 0; request < 450; request++)
            {
                await RowsAgent.AskAsync(rows.Piped.Port, "get_version");
            }
        }
    }

    [Fact]
    public async Task A_wallet_that_computes_is_busy_then_busy_too_long_and_never_restarted()
    {
        var seen = await rows.UntilAsync("computing", Condition.BusyTooLong, HealthState.Degraded);

        var busy = (await rows.Agent.EventsAsync("computing", Cancellation)).First(e => e.Transition?.ToCondition == Condition.Busy).Transition!;
        Assert.Equal(HealthState.Degraded, busy.To);
        Assert.Matches("^no answer for [0-9]+ s; it is working: it used [0-9.]+ s of CPU", busy.Explanation);
        Assert.Matches("^no answer for [1-9][0-9]+ s, and 10 s are allowed; it is working: it used [0-9.]+ s of CPU.*so it is not restarted$", seen.Message);
        await rows.MustBeLeftAloneAsync("computing", seen.Pid);
    }

    [Fact]
    public async Task A_wallet_from_the_command_line_that_loads_for_longer_than_its_grace_is_busy_and_not_restarted_for_its_closed_port()
    {
        var seen = await rows.UntilAsync("loading", Condition.Busy, HealthState.Degraded);

        Assert.Matches("^no answer for [0-9]+ s; it is working: it used [0-9.]+ s of CPU", seen.Message);
        var conditions = (await rows.Agent.EventsAsync("loading", Cancellation)).Select(e => e.Transition?.ToCondition).OfType<Condition>();
        Assert.Subset(new HashSet<Condition> { Condition.Exited, Condition.Starting, Condition.Busy }, conditions.ToHashSet());
        await rows.MustBeLeftAloneAsync("loading", seen.Pid);
    }

    [Fact]
    public async Task A_wallet_that_does_not_come_to_listen_is_restarted_after_its_grace()
    {
        var up = await rows.Agent.UntilUpAsync("unopened", Cancellation);

        Assert.Equal([up.Pid!.Value], rows.Agent.ProcessesOf("unopened"));
        var closed = (await rows.Agent.EventsAsync("unopened", Cancellation)).First(e => e.Transition?.ToCondition == Condition.PortClosed).Transition!;
        Assert.Equal(HealthState.Down, closed.To);
        Assert.Matches("^nobody listens on port [0-9]+, though the process has been alive for [0-9]+ s; no answer for [0-9]+ s$", closed.Explanation);
    }

    [Fact]
    public async Task A_daemon_that_does_not_come_to_listen_is_down_and_not_restarted()
    {
        var seen = await rows.UntilAsync("mute-daemon", Condition.DaemonDown, HealthState.Down);

        Assert.Contains($"port {seen.Port} refuses connections, though its process is alive", seen.Message, StringComparison.Ordinal);
        await rows.MustBeLeftAloneAsync("mute-daemon", seen.Pid);
    }

    [Fact]
    public async Task A_daemon_that_works_and_does_not_answer_is_busy_and_not_restarted()
    {
        var before = await rows.Agent.UntilUpAsync("miner", Cancellation);
        const string Address = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";
        for (var caller = 0; caller < 4; caller++)
        {
            _ = RowsAgent.AskAsync(rows.Miner.Port, "generateblocks", $$"""{"amount_of_blocks":60,"wallet_address":"{{Address}}"}""");
        }

        var seen = await rows.Agent.UntilAsync("miner", s => s.Condition == Condition.DaemonBusy, Cancellation);

        Assert.Matches("^no answer for [0-9]+ s; the daemon is working: it used [0-9.]+ s of CPU", seen.Message);
        await rows.MustBeLeftAloneAsync("miner", before.Pid);
    }

    [Fact]
    public async Task A_wallet_whose_daemons_host_takes_no_connection_waits_and_is_not_restarted_past_the_hang_budget()
    {
        var seen = await rows.Agent.UntilAsync("blackholed", PastTheHangBudget, Cancellation);

        Assert.Equal(HealthState.Degraded, seen.State);
        await rows.MustBeLeftAloneAsync("blackholed", seen.Pid);
    }

    [Fact]
    public async Task Behind_a_slow_daemon_a_wallet_is_never_down_and_behind_a_silent_one_it_waits_past_the_hang_budget()
    {
        var first = await rows.Agent.UntilAsync("slow", s => s.Pid is not null, Cancellation);
        var seen = new HashSet<Condition>();
        foreach (var delay in new[] { 0.5, 2 })
        {
            rows.Link!.Delay = TimeSpan.FromSeconds(delay);
            await WatchAsync(TimeSpan.FromSeconds(5), seen);
        }

        Assert.Subset(new HashSet<Condition> { Condition.Starting, Condition.NoWalletOpen, Condition.Healthy, Condition.Silent, Condition.Busy, Condition.WaitingForDaemon }, seen);
        await rows.UntilAsync("slow", Condition.Healthy, HealthState.Up);
        await RowsAgent.AskAsync(rows.Slow.Port, "auto_refresh", """{"enable":true,"period":1}""");
        rows.Daemon!.Program.Suspend();
        try
        {
            var waits = await rows.Agent.UntilAsync("slow", PastTheHangBudget, Cancellation);
            Assert.Equal(HealthState.Degraded, waits.State);
        }
        finally
        {
            rows.Link!.Delay = TimeSpan.Zero;
            rows.Daemon!.Program.Resume();
        }

        var up = await rows.Agent.UntilUpAsync("slow", Cancellation);
        Assert.Equal(new LockHolder.Held(first.Pid!.Value, "monero-wallet-r"), FileLocks.HolderOf(Path.Combine(rows.Agent.Folder, "wallets", "alice.keys")));
        Assert.Contains("the wallet is open at height 4", up.Message, StringComparison.Ordinal);
        await rows.MustBeLeftAloneAsync("slow", first.Pid);
        Assert.DoesNotContain((await rows.Agent.EventsAsync("slow", Cancellation)).SkipWhile(e => e.Fact is not NodeFact.Spawned), e => e.Transition?.To == HealthState.Down);
    }

    private async Task WatchAsync(TimeSpan time, HashSet<Condition> seen)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < time)
        {
            seen.Add((await rows.Agent.StatusAsync("slow", Cancellation)).Condition);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>It has waited for longer than a wallet without such a request would be let wait.</summary>
    private static bool PastTheHangBudget(NodeStatus status) =>
        status is { Condition: Condition.WaitingForDaemon, State: HealthState.Degraded }
        && status.Message.Split(' ') is [_, _, _, var seconds, ..] && int.TryParse(seconds, out var silent) && silent > SilentRows.Budget.TotalSeconds + 2;
}
