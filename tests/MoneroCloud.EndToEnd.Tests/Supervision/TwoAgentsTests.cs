using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Two installations that nothing but the place of their configuration tells apart.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class TwoAgentsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_agents_of_one_name_whose_state_is_lost_adopt_their_own_processes_and_never_each_others()
    {
        await using var left = AgentUnderTest.Create("left", new NodeUnderTest("one"), new NodeUnderTest("two"));
        await using var right = AgentUnderTest.Create("right", new NodeUnderTest("one"), new NodeUnderTest("two"));
        AgentUnderTest[] both = [left, right];
        await Task.WhenAll(both.Select(a => a.StartAsync(Cancellation)));
        var before = await PidsAsync(both);

        foreach (var agent in both)
        {
            await agent.KillAsync(Cancellation);
            Directory.Delete(agent.StateFolder, recursive: true);
        }

        await Task.WhenAll(both.Select(a => a.StartAsync(Cancellation)));

        Assert.Equal(before, await PidsAsync(both));
        Assert.Equal(4, before.Distinct().Count());
        foreach (var agent in both)
        {
            Assert.Single(agent.ProcessesOf("one"));
            Assert.Single(agent.ProcessesOf("two"));
            Assert.DoesNotContain(await agent.EventsAsync(null, Cancellation), e => e.Fact is NodeFact.Spawned or NodeFact.Exited or NodeFact.Stopping or NodeFact.Signalled);
            Assert.DoesNotContain("left alone", agent.Output, StringComparison.Ordinal);
        }

        // What one of them stops is its own.
        Assert.Equal(0, await left.EndAsync(Signals.Interrupt, Cancellation));
        Assert.Empty(left.ProcessesOf("one"));
        Assert.All(before[2..], pid => Assert.True(AgentUnderTest.IsAlive(pid)));
    }

    private static async Task<int[]> PidsAsync(AgentUnderTest[] agents)
    {
        var pids = new List<int>();
        foreach (var agent in agents)
        {
            pids.Add((await agent.UntilUpAsync("one", Cancellation)).Pid!.Value);
            pids.Add((await agent.UntilUpAsync("two", Cancellation)).Pid!.Value);
        }

        return [.. pids];
    }
}
