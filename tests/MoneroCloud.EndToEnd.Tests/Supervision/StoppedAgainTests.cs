using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A process that is stopped again whenever it is continued: the agent restarts it by itself.</summary>
public sealed class StoppedAgainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_that_is_stopped_again_and_again_is_restarted_after_the_budget_and_its_neighbour_is_not()
    {
        await using var agent = AgentUnderTest.Create("again");
        agent.Configure(ShortBudget, new NodeUnderTest("frozen"), new NodeUnderTest("other"));
        await agent.StartAsync(Cancellation);
        var before = (await agent.UntilUpAsync("frozen", Cancellation)).Pid!.Value;
        var other = (await agent.UntilUpAsync("other", Cancellation)).Pid;

        using var restarted = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var stopper = StopAgainAsync(before, restarted.Token);
        await agent.UntilAsync(() => agent.Output.Contains("restarted by the agent", StringComparison.Ordinal), "the ladder begins", Cancellation);
        await restarted.CancelAsync();
        await stopper;
        var after = await agent.UntilAsync("frozen", s => s.Worked && s.Pid != before, Cancellation);

        Assert.Equal([after.Pid!.Value], agent.ProcessesOf("frozen"));
        Assert.Equal(other, (await agent.StatusAsync("other", Cancellation)).Pid);
        var events = await agent.EventsAsync("frozen", Cancellation);
        var continued = events.First(e => e.Fact is NodeFact.Signalled { Signal: Signals.Continue });
        var ladder = events.First(e => e.Fact is NodeFact.Stopping);
        Assert.InRange(ladder.At - continued.At, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
        Assert.Contains(events, e => e.Fact is NodeFact.Exited { Expected: true });
    }

    [Fact]
    public async Task Programs_that_stop_themselves_are_restarted_one_at_a_time_and_again_when_the_new_one_does_it_too()
    {
        await using var agent = AgentUnderTest.Create("selfish");
        var program = agent.WriteProgram("stops", "while :; do kill -STOP $$; done");
        agent.Configure(ShortBudget, new NodeUnderTest("one") { Program = program, StopBudget = "1s" }, new NodeUnderTest("two") { Program = program, StopBudget = "1s" });
        await agent.StartAsync(Cancellation);

        await agent.UntilAsync(() => Restarts(agent, "one") >= 1 && Restarts(agent, "two") >= 1 && Restarts(agent, "one") + Restarts(agent, "two") >= 3, "both are restarted, one of them twice", Cancellation);

        Assert.InRange(agent.ProcessesOf("one").Length, 0, 1);
        Assert.InRange(agent.ProcessesOf("two").Length, 0, 1);
    }

    private static int Restarts(AgentUnderTest agent, string node) =>
        agent.Output.Split('\n').Count(l => l.Contains($"  {node} ", StringComparison.Ordinal) && l.Contains("restarted by the agent", StringComparison.Ordinal));

    private static void ShortBudget(JsonObject config) => config["diagnosis"] = new JsonObject { ["stoppedBudget"] = "1s", ["startGrace"] = "1s" };

    private static async Task StopAgainAsync(int pid, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            AgentUnderTest.Send(pid, Signals.Stop);
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellation));
        }
    }
}
