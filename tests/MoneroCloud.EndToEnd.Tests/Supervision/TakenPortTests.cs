using System.Net;
using System.Net.Sockets;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Another process is on the node's port.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class TakenPortTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_whose_port_is_taken_is_not_started_until_the_port_is_free()
    {
        var node = new NodeUnderTest("plain");
        await using var agent = AgentUnderTest.Create("taken", node);
        using var listener = new TcpListener(IPAddress.Loopback, node.Port);
        listener.Start();
        await agent.StartAsync(Cancellation);

        var taken = await agent.UntilAsync("plain", s => s.Condition == Condition.PortTaken, Cancellation);

        Assert.Equal((HealthState.Down, false, (int?)null), (taken.State, taken.Worked, taken.Pid));
        Assert.Contains($"{ProcessReader.Name(Environment.ProcessId)}", taken.Message, StringComparison.Ordinal);
        Assert.Contains($"{Environment.ProcessId}", taken.Message, StringComparison.Ordinal);

        // Longer than it takes to look at the port again: still no start, and no word for each look.
        var looked = TimeProvider.System.GetTimestamp();
        await agent.UntilAsync(() => TimeProvider.System.GetElapsedTime(looked) > (ProcessMachine.HoldRetry * 2) + TimeSpan.FromSeconds(0.5), "two more looks", Cancellation);
        var events = await agent.EventsAsync("plain", Cancellation);
        Assert.DoesNotContain(events, e => e.Fact is NodeFact.Spawned or NodeFact.SpawnFailed or NodeFact.Exited or NodeFact.BackedOff or NodeFact.BreakerOpened);
        Assert.Equal([Condition.PortTaken], events.Select(e => e.Transition?.ToCondition).OfType<Condition>());
        Assert.Single(agent.Output.Split('\n'), l => l.Contains("not started", StringComparison.Ordinal));
        Assert.Empty(agent.ProcessesOf("plain"));

        listener.Stop();
        await agent.UntilUpAsync("plain", Cancellation);
        Assert.Single((await agent.EventsAsync("plain", Cancellation)), e => e.Fact is NodeFact.Spawned);
    }

    [Fact]
    public async Task A_port_that_is_taken_while_the_agent_is_away_is_seen_by_the_command_line()
    {
        var node = new NodeUnderTest("plain");
        await using var agent = AgentUnderTest.Create("away", node);
        using var listener = new TcpListener(IPAddress.Loopback, node.Port);
        listener.Start();

        var (exit, output, _) = await agent.RunAsync(Cancellation, "status", "plain");

        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("PortTaken", output, StringComparison.Ordinal);
        Assert.Contains($"{Environment.ProcessId}", output, StringComparison.Ordinal);
    }
}
