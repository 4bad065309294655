using System.Net;
using System.Net.Sockets;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A real wallet that another supervisor runs, found by its port: the same diagnosis, and hands off.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class WatchedByPortTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_found_and_a_kill_and_its_return_are_told_as_of_an_own_node()
    {
        var port = FreePort.Next();
        await using var agent = WatchedNode.Agent("watch", WatchedNode.Json("main", port));
        await using var supervisor = LoopSupervisor.Start(agent.Folder, port);
        await agent.StartAsync(Cancellation);
        var before = await agent.UntilUpAsync("main", Cancellation);
        Assert.Equal((supervisor.Pid, NodeManage.Watch, 0, "running"), (before.Pid!.Value, before.Manage, before.Restarts, before.Process));

        AgentUnderTest.Send(before.Pid.Value, Signals.Kill);
        var after = await agent.UntilAsync("main", s => s is { State: HealthState.Up, Worked: true } && s.Pid != before.Pid, Cancellation);

        Assert.Equal((supervisor.Pid, 1), (after.Pid!.Value, after.Restarts));
        var events = await agent.EventsAsync("main", Cancellation);
        var story = events[events.FindIndex(e => e.Fact is NodeFact.Exited)..];
        Assert.Equal(new NodeFact.Exited(before.Pid.Value, null, 9, ExitCause.Unknown, false), story[0].Fact);
        Assert.Equal((HealthState.Down, Condition.Exited), (story[1].Transition!.To, story[1].Transition!.ToCondition));
        Assert.Contains("its own supervisor must restart it", story[1].Transition!.Explanation, StringComparison.Ordinal);
        Assert.Equal([new NodeFact.Found(after.Pid.Value)], story.Select(e => e.Fact).OfType<NodeFact.Found>());
        Assert.Equal([Condition.Exited, Condition.Starting, Condition.Healthy], story.Select(e => e.Transition?.ToCondition).OfType<Condition>());
        Assert.DoesNotContain(events, e => e.Fact is NodeFact.Spawned or NodeFact.Signalled or NodeFact.UnitCommand);
    }

    [Fact]
    public async Task It_is_not_continued_not_stopped_and_left_alone_by_every_order_and_by_down()
    {
        var port = FreePort.Next();
        await using var agent = WatchedNode.Agent("hands-off", WatchedNode.Json("main", port));
        await using var supervisor = LoopSupervisor.Start(agent.Folder, port);
        await agent.StartAsync(Cancellation);
        var pid = (await agent.UntilUpAsync("main", Cancellation)).Pid!.Value;

        AgentUnderTest.Send(pid, Signals.Stop);
        var stopped = await agent.UntilAsync("main", s => s.Condition == Condition.Stopped, Cancellation);
        Assert.Equal((HealthState.Down, pid), (stopped.State, stopped.Pid!.Value));
        Assert.Contains($"kill -CONT {pid} continues it", stopped.Message, StringComparison.Ordinal);
        foreach (var verb in new[] { ControlVerb.Stop, ControlVerb.Start, ControlVerb.Restart })
        {
            var (exit, said) = await agent.OrderAsync(verb, "main", Cancellation);
            Assert.Equal(1, exit);
            Assert.Contains("is only watched, and agent.json names no unit of it", said, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Disable, "main", Cancellation)).Exit);
        Assert.Equal(HealthState.Disabled, (await agent.StatusAsync("main", Cancellation)).State);
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Enable, "main", Cancellation)).Exit);
        await agent.UntilAsync("main", s => s.Condition == Condition.Stopped && s.Pid == pid, Cancellation);
        Assert.Equal(0, await agent.EndAsync(Signals.Interrupt, Cancellation));

        // Stopped by the test, and by all that the agent did not continued.
        Assert.Equal('T', Assert.IsType<ProcRead<ProcStat>.Got>(ProcessReader.Stat(pid)).Value.State);
        AgentUnderTest.Send(pid, Signals.Continue);
        await agent.StartAsync(Cancellation);
        Assert.Equal(pid, (await agent.UntilUpAsync("main", Cancellation)).Pid);
    }

    [Fact]
    public async Task Another_program_that_takes_the_port_is_told_apart_and_without_an_agent_the_command_line_sees_it_too()
    {
        var port = FreePort.Next();
        await using var agent = WatchedNode.Agent("taken", WatchedNode.Json("main", port));
        await using (var supervisor = LoopSupervisor.Start(agent.Folder, port))
        {
            await agent.StartAsync(Cancellation);
            await agent.UntilUpAsync("main", Cancellation);
        }

        var gone = await agent.UntilAsync("main", s => s is { Condition: Condition.Exited, Process: "looked for" }, Cancellation);
        Assert.Equal((HealthState.Down, (int?)null), (gone.State, gone.Pid));
        using (var listener = new TcpListener(IPAddress.Loopback, port))
        {
            listener.Start();
            var taken = await agent.UntilAsync("main", s => s.Condition == Condition.PortTaken, Cancellation);
            Assert.Contains($"{Environment.ProcessId}", taken.Message, StringComparison.Ordinal);
        }

        await using var next = LoopSupervisor.Start(agent.Folder, port);
        var found = await agent.UntilUpAsync("main", Cancellation);
        Assert.Equal(next.Pid, found.Pid);
        await agent.KillAsync(Cancellation);

        var (exit, output, _) = await agent.RunAsync(Cancellation, "status", "main");
        Assert.Equal(0, exit);
        Assert.Contains($"{next.Pid} watched", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_changes_who_runs_it_without_touching_what_runs()
    {
        var own = new NodeUnderTest("main");
        await using var agent = AgentUnderTest.Create("change", own);
        await agent.StartAsync(Cancellation);
        var pid = (await agent.UntilUpAsync("main", Cancellation)).Pid;

        await ReloadAsync(agent, () => agent.Configure(c => WatchedNode.Only(c, WatchedNode.Json("main", own.Port))));
        var watched = await agent.UntilUpAsync("main", Cancellation);
        Assert.Equal((pid, NodeManage.Watch), (watched.Pid, watched.Manage));

        // It carries our marker, so it is ours again.
        await ReloadAsync(agent, () => agent.Configure(own));
        var back = await agent.UntilUpAsync("main", Cancellation);
        Assert.Equal((pid, NodeManage.Own), (back.Pid, back.Manage));

        // A stranger is not, and nothing is started beside it.
        await ReloadAsync(agent, () => agent.Configure(c => WatchedNode.Only(c, WatchedNode.Json("main", own.Port))));
        AgentUnderTest.Send(pid!.Value, Signals.Kill);
        await agent.UntilAsync("main", s => s.Condition == Condition.Exited, Cancellation);
        await using var supervisor = LoopSupervisor.Start(agent.Folder, own.Port);
        await agent.UntilUpAsync("main", Cancellation);
        await ReloadAsync(agent, () => agent.Configure(own));
        var taken = await agent.UntilAsync("main", s => s.Condition == Condition.PortTaken, Cancellation);
        Assert.Contains($"{supervisor.Pid}", taken.Message, StringComparison.Ordinal);
        Assert.Empty(agent.ProcessesOf("main"));
        Assert.True(AgentUnderTest.IsAlive(supervisor.Pid));

        // An observation that is not newer by number would be dropped by the monitor.
        var numbers = (await agent.EventsAsync("main", Cancellation)).Select(e => e.Fact).OfType<NodeFact.Observed>().Select(o => o.Seen.Number).ToArray();
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    private static async Task ReloadAsync(AgentUnderTest agent, Action configure)
    {
        configure();
        var (exit, said) = await agent.OrderAsync(ControlVerb.Reload, null, Cancellation);
        Assert.Equal(0, exit);
        Assert.Contains("no process had to be touched; looked for anew: main", said, StringComparison.Ordinal);
    }
}
