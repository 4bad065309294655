using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The agent dies while it stops a process, or while it waits before a start: the next one goes on where it was.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class InterruptedStopTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_that_the_agent_did_not_live_to_see_is_finished_by_the_next_with_the_whole_budget()
    {
        await using var agent = AgentUnderTest.Create("deaf");
        // What is ignored stays ignored over an exec: one process that SIGTERM does not end.
        var program = agent.WriteProgram("deaf", "trap '' TERM; exec sleep 1000");
        agent.Configure(new NodeUnderTest("deaf") { Program = program, StopBudget = "3s" });
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => agent.ProcessesOf("deaf") is [var p] && ProcessReader.Name(p) == "sleep", "the program is deaf", Cancellation);
        var pid = agent.ProcessesOf("deaf").Single();

        _ = agent.OrderAsync(ControlVerb.Stop, "deaf", Cancellation);
        await agent.UntilAsync(() => agent.Output.Contains("SIGTERM", StringComparison.Ordinal), "SIGTERM was sent", Cancellation);
        await agent.KillAsync(Cancellation);
        Assert.True(AgentUnderTest.IsAlive(pid));
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => !AgentUnderTest.IsAlive(pid), "the process is gone", Cancellation);

        var stopped = await agent.UntilAsync("deaf", s => s.Process == "stopped", Cancellation);
        Assert.Equal((HealthState.Disabled, Condition.StoppedByOperator), (stopped.State, stopped.Condition));
        Assert.Empty(agent.ProcessesOf("deaf"));
        var events = await agent.EventsAsync("deaf", Cancellation);
        var life = events[events.FindIndex(e => e.Fact is NodeFact.Adopted)..];
        var steps = life.Where(e => e.Fact is NodeFact.Stopping { Pid: var p } && p == pid).ToArray();
        Assert.Equal(["SIGTERM", "SIGKILL"], steps.Select(e => ((NodeFact.Stopping)e.Fact!).Step));
        Assert.InRange(steps[1].At - life[0].At, Budget, Budget + TimeSpan.FromSeconds(8)); // Its budget begins after it was taken over.
        var exited = Assert.Single(life.Select(e => e.Fact).OfType<NodeFact.Exited>());
        Assert.True(exited is { Expected: true, Code: null, Signal: Signals.Kill or null }, $"{exited}");
        Assert.DoesNotContain(life, e => e.Fact is NodeFact.Spawned);
    }

    [Fact]
    public async Task A_stopped_process_ends_by_SIGTERM_even_when_it_stops_itself_again_at_once()
    {
        await using var agent = AgentUnderTest.Create("stops");
        var program = agent.WriteProgram("stops", "while :; do kill -STOP $$; done");
        agent.Configure(new NodeUnderTest("stops") { Program = program });
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => agent.ProcessesOf("stops").Length == 1, "it runs", Cancellation);

        var (exit, said) = await agent.OrderAsync(ControlVerb.Stop, "stops", Cancellation).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);

        Assert.True(exit == 0, said);
        var exited = Assert.Single((await agent.EventsAsync("stops", Cancellation)).Select(e => e.Fact).OfType<NodeFact.Exited>());
        Assert.Equal(Signals.Terminate, exited.Signal);
    }

    [Fact]
    public async Task An_agent_that_dies_in_a_back_off_is_followed_by_one_start_and_not_two()
    {
        await using var agent = AgentUnderTest.Create("backoff");
        var program = agent.WriteProgram("late", "[ -e ready ] || { touch ready; exit 3; }; exec sleep 1000");
        agent.Configure(c => c["supervision"]!["backOffMin"] = "60s", new NodeUnderTest("late") { Program = program });
        await agent.StartAsync(Cancellation);
        var waiting = await agent.UntilAsync("late", s => s.Process == "waiting to start", Cancellation);
        Assert.Equal((HealthState.Down, Condition.Exited), (waiting.State, waiting.Condition));
        Assert.Empty(agent.ProcessesOf("late"));

        await agent.KillAsync(Cancellation);
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => agent.ProcessesOf("late").Length > 0, "it is started again", Cancellation);

        var status = await agent.StatusAsync("late", Cancellation);
        Assert.Equal("starting", status.Process);
        Assert.Equal([status.Pid!.Value], agent.ProcessesOf("late"));
        Assert.Equal(2, (await agent.EventsAsync("late", Cancellation)).Count(e => e.Fact is NodeFact.Spawned));
    }
}
