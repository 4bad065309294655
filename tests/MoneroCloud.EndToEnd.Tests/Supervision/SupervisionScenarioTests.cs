using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The scenario that must always work, on real processes.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class SupervisionScenarioTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_that_is_killed_is_back_with_its_wallet_open_and_the_events_tell_it_with_times()
    {
        await using var agent = await Wallets.AgentWithAnOpenWalletAsync(Cancellation);
        var before = await agent.UntilUpAsync("main", Cancellation);
        await ReadyForASecondAsync(agent);

        AgentUnderTest.Send(before.Pid!.Value, Signals.Kill);
        var after = await agent.UntilAsync("main", s => s.Worked && s.State == HealthState.Up && s.Pid != before.Pid, Cancellation);

        Assert.Contains("the wallet is open", after.Message, StringComparison.Ordinal);
        Assert.Single(agent.ProcessesOf("main"));
        var events = await agent.EventsAsync("main", Cancellation);
        var death = events.FindIndex(e => e.Fact is NodeFact.Exited);
        var story = events[death..];
        Assert.Equal(new NodeFact.Exited(before.Pid.Value, null, 9, ExitCause.Unknown, false), story[0].Fact);
        Assert.Equal((HealthState.Down, Condition.Exited), (story[1].Transition!.To, story[1].Transition!.ToCondition));
        Assert.Contains("signal 9", story[1].Transition!.Explanation, StringComparison.Ordinal);
        Assert.Equal(new NodeFact.Spawned(after.Pid!.Value), story[2].Fact);
        Assert.Equal((HealthState.Unknown, Condition.Starting), (story[3].Transition!.To, story[3].Transition!.ToCondition));
        Assert.Equal((HealthState.Up, Condition.Healthy), (story[^1].Transition!.To, story[^1].Transition!.ToCondition));
        Assert.Contains(story, e => e.Fact is NodeFact.WalletOpened);
        Assert.True(story.Zip(story.Skip(1)).All(p => p.First.At <= p.Second.At), agent.Output);
        Assert.InRange(story[2].At - story[0].At, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_stopped_wallet_is_called_stopped_at_once_and_is_continued()
    {
        await using var agent = AgentUnderTest.Create("stopped", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        var before = await agent.UntilUpAsync("plain", Cancellation);

        // The signal is taken when the kernel next looks at each thread: on a busy machine an answer may still come before.
        AgentUnderTest.Send(before.Pid!.Value, Signals.Stop);
        await agent.UntilAsync(() => AgentUnderTest.IsStopped(before.Pid.Value) || agent.Output.Contains("state T", StringComparison.Ordinal), "the process is stopped", Cancellation);
        var stopped = await agent.StatusAsync("plain", Cancellation);

        // Unless the regular check was quicker than we: then it is running again already.
        Assert.True(stopped is { State: HealthState.Down, Condition: Condition.Stopped } || await WasContinuedAsync(agent), stopped.Message);
        var after = await agent.UntilUpAsync("plain", Cancellation);
        Assert.Equal(before.Pid, after.Pid);
        Assert.True(await WasContinuedAsync(agent), agent.Output);
    }

    [Fact]
    public async Task A_killed_agent_leaves_its_wallets_and_the_next_one_adopts_them_without_a_second_start()
    {
        await using var agent = await Wallets.AgentWithAnOpenWalletAsync(Cancellation);
        var before = await agent.UntilUpAsync("main", Cancellation);

        await agent.KillAsync(Cancellation);
        Assert.Equal([before.Pid!.Value], agent.ProcessesOf("main"));
        await agent.StartAsync(Cancellation);

        var after = await agent.UntilUpAsync("main", Cancellation);
        Assert.Equal(before.Pid, after.Pid);
        Assert.Contains(await agent.EventsAsync("main", Cancellation), e => e.Fact is NodeFact.Adopted { Pid: var pid } && pid == before.Pid);

        // And an adopted one is watched like any other.
        await ReadyForASecondAsync(agent);
        AgentUnderTest.Send(before.Pid.Value, Signals.Kill);
        var replaced = await agent.UntilAsync("main", s => s.Worked && s.Pid != before.Pid, Cancellation);
        Assert.Equal([replaced.Pid!.Value], agent.ProcessesOf("main"));
    }

    [Fact]
    public async Task SIGTERM_leaves_the_wallets_running_and_SIGINT_saves_and_stops_them()
    {
        await using var agent = await Wallets.AgentWithAnOpenWalletAsync(Cancellation);
        var before = await agent.UntilUpAsync("main", Cancellation);

        Assert.Equal(0, await agent.EndAsync(Signals.Terminate, Cancellation));
        Assert.True(AgentUnderTest.IsAlive(before.Pid!.Value));
        await agent.StartAsync(Cancellation);
        Assert.Equal(before.Pid, (await agent.UntilUpAsync("main", Cancellation)).Pid);

        Assert.Equal(0, await agent.EndAsync(Signals.Interrupt, Cancellation));
        Assert.Empty(agent.ProcessesOf("main"));
        Assert.Contains("stopping, pid " + before.Pid + ": store", agent.Output, StringComparison.Ordinal);
        Assert.Contains("no process is left behind", agent.Output, StringComparison.Ordinal);

        // Neither changed what is wanted: the next agent starts it again.
        await agent.StartAsync(Cancellation);
        Assert.NotEqual(before.Pid, (await agent.UntilUpAsync("main", Cancellation)).Pid);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_state_folder_is_refused_and_told_who_runs()
    {
        await using var agent = AgentUnderTest.Create("twice", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);

        var (exit, _, error) = await agent.RunAsync(Cancellation, "agent");

        Assert.Equal(1, exit);
        Assert.Contains($"an agent is already running on the state folder {agent.StateFolder}: {Path.Combine(agent.StateFolder, Names.StateLock)} is held by pid {agent.Pid};", error, StringComparison.Ordinal);
        await agent.UntilUpAsync("plain", Cancellation);
        Assert.Single(agent.ProcessesOf("plain"));
    }

    [Fact]
    public async Task An_operators_stop_survives_the_agent_and_is_no_failure()
    {
        await using var agent = AgentUnderTest.Create("desired", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        await agent.UntilUpAsync("plain", Cancellation);

        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Stop, "plain", Cancellation)).Exit);
        await agent.KillAsync(Cancellation);
        await agent.StartAsync(Cancellation);

        var stopped = await agent.StatusAsync("plain", Cancellation);
        Assert.Equal((HealthState.Disabled, Condition.StoppedByOperator, (int?)null), (stopped.State, stopped.Condition, stopped.Pid));
        Assert.Empty(agent.ProcessesOf("plain"));
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Start, "plain", Cancellation)).Exit);
        Assert.Single(agent.ProcessesOf("plain"));
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Disable, "plain", Cancellation)).Exit);
        Assert.Empty(agent.ProcessesOf("plain"));
        var (exit, said) = await agent.OrderAsync(ControlVerb.Start, "plain", Cancellation);
        Assert.Equal(1, exit);
        Assert.Contains("enable it first", said, StringComparison.Ordinal);
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Enable, "plain", Cancellation)).Exit);
        Assert.Single(agent.ProcessesOf("plain"));
    }

    [Fact]
    public async Task A_program_that_always_exits_backs_off_until_the_breaker_opens_and_an_operators_start_closes_it()
    {
        await using var agent = AgentUnderTest.Create("breaker", new NodeUnderTest("bad") { More = ["--no-such-flag"] });
        await agent.StartAsync(Cancellation);

        var broken = await agent.UntilAsync("bad", s => s.Process == "breaker open", Cancellation);

        Assert.Equal((HealthState.Down, Condition.Exited), (broken.State, broken.Condition));
        Assert.Contains("code 1", broken.Message, StringComparison.Ordinal);
        var events = await agent.EventsAsync("bad", Cancellation);
        Assert.Equal(5, events.Count(e => e.Fact is NodeFact.Exited { Code: 1, Cause: ExitCause.BadFlag }));
        Assert.Equal(4, events.Count(e => e.Fact is NodeFact.BackedOff));
        Assert.Single(events, e => e.Fact is NodeFact.BreakerOpened { ForMs: 600_000 });

        // The breaker stays open when the agent is started anew.
        await agent.KillAsync(Cancellation);
        await agent.StartAsync(Cancellation);
        Assert.Equal("breaker open", (await agent.StatusAsync("bad", Cancellation)).Process);
        Assert.Equal(1, (await agent.OrderAsync(ControlVerb.Start, "bad", Cancellation)).Exit);

        // One start at once, that ends as the others did; from there on it backs off as it did at first.
        events = await agent.EventsAsync("bad", Cancellation);
        var ordered = events[events.FindLastIndex(e => e.Fact is NodeFact.Ordered)..];
        Assert.Single(ordered.TakeWhile(e => e.Fact is not NodeFact.BackedOff), e => e.Fact is NodeFact.Exited);
        Assert.Contains(ordered, e => e.Fact is NodeFact.BackedOff);
    }

    private static async Task<bool> WasContinuedAsync(AgentUnderTest agent) =>
        (await agent.EventsAsync("plain", Cancellation)).Any(e => e.Fact is NodeFact.Signalled { Signal: Signals.Continue });

    // Ready for less, it would back off first.
    private static Task ReadyForASecondAsync(AgentUnderTest agent) => Wallets.ReadyForASecondAsync(agent, "main", Cancellation);
}
