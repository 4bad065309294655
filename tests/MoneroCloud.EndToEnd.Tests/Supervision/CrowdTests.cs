using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Two hundred children under one agent. They never answer: what is tried is the watching, starting, adopting and ending.</summary>
public sealed class CrowdTests
{
    private const int Children = 200;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_children_that_die_at_once_are_each_replaced_once_adopted_and_ended()
    {
        await using var agent = AgentUnderTest.Create("crowd");
        var program = agent.WriteProgram("waits", "exec sleep 1000");
        agent.Configure([.. Enumerable.Range(0, Children).Select(i => new NodeUnderTest($"n{i}") { Program = program, StopBudget = "5s" })]);
        await agent.StartAsync(Cancellation);
        var first = await AllAsync(agent, []);

        var killed = TimeProvider.System.GetTimestamp();
        Array.ForEach(first, pid => AgentUnderTest.Send(pid, Signals.Kill));
        var second = await AllAsync(agent, first);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Children} children killed at once: all replaced after {TimeProvider.System.GetElapsedTime(killed).TotalMilliseconds:0} ms");

        await agent.KillAsync(Cancellation);
        Assert.Equal(second, Living(agent));
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => Occurrences(agent, "adopted") == Children, "all are adopted", Cancellation);
        Assert.Equal(second, Living(agent));

        Assert.Equal(0, await agent.EndAsync(Signals.Interrupt, Cancellation));
        Assert.Empty(Living(agent));
    }

    /// <summary>Every node's one process, once none of the earlier ones is left.</summary>
    private static async Task<int[]> AllAsync(AgentUnderTest agent, int[] earlier)
    {
        int[] living = [];
        await agent.UntilAsync(() => (living = Living(agent)).Length == Children && !living.Intersect(earlier).Any(), "every node has a process", Cancellation);
        return living;
    }

    private static int[] Living(AgentUnderTest agent)
    {
        var search = ProcessFinder.Find("host.n");
        var mine = new Marker(NodeName.Parse("host"), agent.ConfigFile);
        var found = search.Found.Where(f => f.IsLeader && mine.NodeOf(f.Identity.Marker!) is not null).ToArray();
        Array.ForEach([.. search.Found], f => f.PidFd.Dispose());
        Assert.Equal(found.Length, found.DistinctBy(f => mine.NodeOf(f.Identity.Marker!)).Count());
        return [.. found.Select(f => f.Identity.Pid).Order()];
    }

    private static int Occurrences(AgentUnderTest agent, string what) => agent.Output.Split('\n').Count(l => l.Contains(what, StringComparison.Ordinal));
}
