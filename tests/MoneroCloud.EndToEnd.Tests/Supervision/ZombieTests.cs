using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>An adopted process whose heir does not reap: a container with a careless PID 1.</summary>
public sealed class ZombieTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_adopted_wallet_that_stays_a_zombie_is_exited_and_replaced()
    {
        using var heir = new ChildSubreaper();
        await using var agent = AgentUnderTest.Create("zombie", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;
        heir.ReapLater(before);
        await agent.KillAsync(Cancellation);
        await agent.StartAsync(Cancellation);
        Assert.Equal(before, (await agent.UntilUpAsync("plain", Cancellation)).Pid);
        await Wallets.ReadyForASecondAsync(agent, "plain", Cancellation);

        AgentUnderTest.Send(before, Signals.Kill);
        var after = await agent.UntilAsync("plain", s => s.Worked && s.Pid != before, Cancellation);

        Assert.Equal('Z', State(before));
        Assert.Equal([after.Pid!.Value], agent.ProcessesOf("plain"));
        var events = await agent.EventsAsync("plain", Cancellation);
        var exited = Assert.Single(events.Select(e => e.Fact).OfType<NodeFact.Exited>());
        Assert.Equal(before, exited.Pid);
        Assert.True(exited is { Code: null, Signal: Signals.Kill or null }, $"it cannot have been {exited}");
        Assert.Contains(events, e => e.Transition is { To: HealthState.Down, ToCondition: Condition.Exited });
    }

    [Fact]
    public async Task A_zombie_is_not_adopted_by_the_next_agent_and_does_not_hold_up_the_start()
    {
        using var heir = new ChildSubreaper();
        await using var agent = AgentUnderTest.Create("buried", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;
        heir.ReapLater(before);
        await agent.KillAsync(Cancellation);

        AgentUnderTest.Send(before, Signals.Kill);
        await agent.UntilAsync(() => State(before) == 'Z', "the wallet is a zombie", Cancellation);
        Assert.Empty(agent.ProcessesOf("plain"));
        await agent.StartAsync(Cancellation);

        var after = await agent.UntilUpAsync("plain", Cancellation);
        Assert.Equal('Z', State(before));
        Assert.Equal([after.Pid!.Value], agent.ProcessesOf("plain"));
        Assert.DoesNotContain(await agent.EventsAsync("plain", Cancellation), e => e.Fact is NodeFact.Adopted);
    }

    [Fact]
    public async Task A_stop_of_an_adopted_wallet_that_stays_a_zombie_comes_to_its_end()
    {
        using var heir = new ChildSubreaper();
        await using var agent = AgentUnderTest.Create("stopped", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("plain", Cancellation)).Pid!.Value;
        heir.ReapLater(before);
        await agent.KillAsync(Cancellation);
        await agent.StartAsync(Cancellation);
        await agent.UntilUpAsync("plain", Cancellation);

        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Stop, "plain", Cancellation)).Exit);

        Assert.Equal('Z', State(before));
        Assert.Null((await agent.StatusAsync("plain", Cancellation)).Pid);
        Assert.DoesNotContain(await agent.EventsAsync("plain", Cancellation), e => e.Fact is NodeFact.Stopping { Step: "SIGKILL" });
    }

    private static char State(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }
}
