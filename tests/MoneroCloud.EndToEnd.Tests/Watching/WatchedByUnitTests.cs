using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A real wallet that a real systemd runs: found as its unit's main process, and restarted through the unit alone.</summary>
public sealed class WatchedByUnitTests
{
    private const string Unit = "wallet.service";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_restarted_by_systemctl_when_systemd_gave_it_up_and_when_it_is_ordered_and_never_signalled()
    {
        var port = FreePort.Next();
        await using var agent = WatchedNode.Agent("unit", WatchedNode.Json("main", port, Unit, ofUser: true));
        await using var systemd = await UserSystemd.StartAsync(Cancellation, (Unit, $"ExecStart={LoopSupervisor.CommandLine(agent.Folder, port)}"));
        Assert.Equal(0, (await systemd.ControlAsync(Cancellation, "start", Unit)).Exit);
        await agent.StartAsync(Cancellation, systemd.Launcher);
        var first = await agent.UntilUpAsync("main", Cancellation);
        Assert.Equal(await systemd.MainPidAsync(Unit, Cancellation), first.Pid);

        // Restart=no: the unit has failed, and stays so.
        AgentUnderTest.Send(first.Pid!.Value, Signals.Kill);
        var second = await agent.UntilAsync("main", s => s is { State: HealthState.Up, Worked: true } && s.Pid != first.Pid, Cancellation);
        Assert.Equal((await systemd.MainPidAsync(Unit, Cancellation), 1), (second.Pid!.Value, second.Restarts));
        Assert.Equal(new NodeFact.UnitCommand(Unit, "restart", "systemd has given it up (failed)", null), await LastCommandAsync(agent));

        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Restart, "main", Cancellation)).Exit);
        var third = await agent.UntilUpAsync("main", Cancellation);
        Assert.NotEqual(second.Pid, third.Pid);
        Assert.False(AgentUnderTest.IsAlive(second.Pid.Value));

        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Stop, "main", Cancellation)).Exit);
        Assert.Equal(0, await systemd.MainPidAsync(Unit, Cancellation));
        Assert.Equal((HealthState.Disabled, (int?)null), ((await agent.StatusAsync("main", Cancellation)) is var s ? (s.State, s.Pid) : default));
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Start, "main", Cancellation)).Exit);
        Assert.Equal(await systemd.MainPidAsync(Unit, Cancellation), (await agent.UntilUpAsync("main", Cancellation)).Pid);

        // Somebody else stops it: that is nobody's failure to make good.
        Assert.Equal(0, (await systemd.ControlAsync(Cancellation, "stop", Unit)).Exit);
        var stopped = await agent.UntilAsync("main", x => x.Condition == Condition.Exited, Cancellation);
        Assert.Equal("looked for", stopped.Process);
        var events = await agent.EventsAsync("main", Cancellation);
        Assert.Equal(["restart", "restart", "stop", "start"], events.Select(e => e.Fact).OfType<NodeFact.UnitCommand>().Select(c => c.Verb));
        Assert.Equal([false, true, true, false], events.Select(e => e.Fact).OfType<NodeFact.Exited>().Select(x => x.Expected));
        Assert.Contains(events, e => e.Fact is NodeFact.Stopping { Step: "store" });
        Assert.DoesNotContain(events, e => e.Fact is NodeFact.Signalled or NodeFact.Spawned or NodeFact.Stopping { Step: not "store" });
    }

    [Fact]
    public async Task What_systemctl_refuses_is_the_outcome_of_the_order()
    {
        var port = FreePort.Next();
        await using var agent = WatchedNode.Agent("refused", WatchedNode.Json("main", port, "nosuch.service", ofUser: true));
        await using var systemd = await UserSystemd.StartAsync(Cancellation);
        await agent.StartAsync(Cancellation, systemd.Launcher);

        var (exit, said) = await agent.OrderAsync(ControlVerb.Restart, "main", Cancellation);

        Assert.Equal(1, exit);
        Assert.Contains("systemctl restart nosuch.service ended with code 5: Failed to restart nosuch.service: Unit nosuch.service not found.", said, StringComparison.Ordinal);
        var seen = await agent.UntilAsync("main", s => s.Condition == Condition.Exited, Cancellation);
        Assert.Contains("no process of it is found: systemd knows no unit nosuch.service", seen.Message, StringComparison.Ordinal);
    }

    private static async Task<NodeFact.UnitCommand> LastCommandAsync(AgentUnderTest agent) =>
        (await agent.EventsAsync("main", Cancellation)).Select(e => e.Fact).OfType<NodeFact.UnitCommand>().Last();
}
