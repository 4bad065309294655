using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The real agent with a real wallet-rpc, enrolled with a monitor that the test plays over the real broker.</summary>
public sealed class EnrolledAgentTests
{
    private static readonly NodeName Plain = NodeName.Parse("plain");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_agent_that_is_enrolled_reports_and_carries_out_each_order_once()
    {
        await using var monitor = await TestMonitor.StartAsync();
        await using var agent = AgentUnderTest.Create("enrol", new NodeUnderTest("plain"));
        await agent.StartAsync(Cancellation);
        await agent.UntilUpAsync("plain", Cancellation);
        Assert.Contains("monitor: not enrolled", (await agent.RunAsync(Cancellation, "status", "--all")).Out, StringComparison.Ordinal);

        await EnrolAsync(agent, monitor);
        await monitor.UntilAsync(() => Seen(monitor) is { Row.Condition: Condition.Healthy }, Cancellation);
        Assert.DoesNotContain(monitor.Facts, f => f is NodeFact.Spawned);
        var first = monitor.Report!.Nodes.Single().Identity!;
        Assert.Equal(agent.ProcessesOf("plain").Single(), first.Pid);

        // An exit is told with what replaced it.
        AgentUnderTest.Send(first.Pid, Signals.Kill);
        await monitor.UntilAsync(() => monitor.Report is { Nodes: [{ Identity: { } now, Seen.Row.Condition: Condition.Healthy }] } && now != first, Cancellation);
        Assert.Equal(
            ["Exited", "Spawned", "Answered"],
            monitor.Facts.Select(f => f.GetType().Name).Where(n => n is "Exited" or "Spawned" or "Answered"));
        await monitor.UntilAsync(() => monitor.Facts.Any(f => f is NodeFact.Observed { Seen.Row: { Condition: Condition.Healthy, Count: >= 2 } }), Cancellation);

        // An order for the life that is gone touches nothing; one for the living life is carried out once.
        var second = monitor.Report!.Nodes.Single().Identity!;
        var late = TestMonitor.Order(OrderVerb.Restart, Plain, first);
        await monitor.SendAsync(late, 1, Cancellation);
        await monitor.UntilAsync(() => monitor.OutcomeOf(late) is not null, Cancellation);
        Assert.Equal((OutcomeResult.DoneAlready, second), (monitor.OutcomeOf(late)!.Result, monitor.OutcomeOf(late)!.After));
        Assert.Equal(second.Pid, agent.ProcessesOf("plain").Single());

        var order = TestMonitor.Order(OrderVerb.Restart, Plain, second);
        await monitor.SendAsync(order, 2, Cancellation);
        await monitor.UntilAsync(() => monitor.OutcomeOf(order) is not null, Cancellation);
        var outcome = monitor.OutcomeOf(order)!;
        Assert.Equal((OutcomeResult.Done, second), (outcome.Result, outcome.Before));
        Assert.Equal(agent.ProcessesOf("plain").Single(), outcome.After!.Pid);
        Assert.Single(monitor.Facts.OfType<NodeFact.OrderTaken>(), t => t.Order == order.Id);
        var steps = monitor.Facts.OfType<NodeFact.LadderMoved>().Where(m => m.Order == order.Id).Select(m => m.Step).ToList();
        Assert.Equal(outcome.Proof!.Steps, steps);
        Assert.Equal((ProofState.Complete, second, outcome.After), (outcome.Proof.State, outcome.Proof.Before, outcome.Proof.After));
        Assert.Contains(monitor.Facts, f => f is NodeFact.Ordered { Verb: "restart", By: "monitor (alice)" });

        var check = TestMonitor.Order(OrderVerb.Check, Plain, null);
        await monitor.SendAsync(check, 1, Cancellation);
        await monitor.UntilAsync(() => monitor.OutcomeOf(check) is not null, Cancellation);
        Assert.True(monitor.OutcomeOf(check)!.Answer is { Status: true, Details: WorkedData.Full });

        // What is observed meanwhile is another event, to be acked too.
        for (var acks = 0; acks < 5 && monitor.Report is { Events.IsEmpty: false } told; acks++)
        {
            await monitor.AckAsync(new EventPosition(told.Epoch, told.Events[^1].N), Cancellation);
            await monitor.UntilAsync(() => monitor.Report != told && (monitor.Report!.Events.IsEmpty || monitor.Report.Events[0].N > told.Events[^1].N), Cancellation);
        }

        Assert.True(monitor.Report!.Events.IsEmpty);
        Assert.Contains("connected, last ack", (await agent.RunAsync(Cancellation, "status", "--all")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_the_agent_did_not_live_to_end_is_told_by_the_next_one_and_events_go_on_without_a_gap()
    {
        await using var monitor = await TestMonitor.StartAsync();
        await using var agent = AgentUnderTest.Create("cut");
        var program = agent.WriteProgram("deaf", "trap '' TERM; exec sleep 1000");
        agent.Configure(new NodeUnderTest("plain") { Program = program, StopBudget = "10s" });
        await EnrolAsync(agent, monitor);
        await agent.StartAsync(Cancellation);
        await monitor.UntilAsync(() => monitor.Report?.Nodes is [{ Identity: not null }], Cancellation);

        await TestMonitor.NextSecondAsync(Cancellation);
        var order = TestMonitor.Order(OrderVerb.Restart, Plain, monitor.Report!.Nodes.Single().Identity);
        await monitor.SendAsync(order, 1, Cancellation);
        await monitor.UntilAsync(() => monitor.Facts.Any(f => f is NodeFact.OrderTaken), Cancellation);
        await agent.KillAsync(Cancellation);
        await agent.StartAsync(Cancellation);
        await monitor.UntilAsync(() => monitor.OutcomeOf(order) is not null, Cancellation);

        Assert.Equal(OutcomeResult.Interrupted, monitor.OutcomeOf(order)!.Result);
        Assert.Equal(Enumerable.Range(1, monitor.Report!.Events.Length).Select(n => (long)n), monitor.Report.Events.Select(e => e.N));
        Assert.Equal(1, monitor.Report.Epoch);
        Assert.Contains(monitor.Report.Events, e => e.Fact is NodeFact.Adopted);
    }

    [Fact]
    public async Task The_monitor_may_shorten_the_budget_of_a_stop_within_its_bounds()
    {
        await using var monitor = await TestMonitor.StartAsync();
        await using var agent = AgentUnderTest.Create("now");
        var program = agent.WriteProgram("deaf", "trap '' TERM; exec sleep 1000");
        agent.Configure(new NodeUnderTest("plain") { Program = program });
        await EnrolAsync(agent, monitor);
        await agent.StartAsync(Cancellation);
        await monitor.UntilAsync(() => monitor.Report?.Nodes is [{ Identity: not null }], Cancellation);
        await TestMonitor.NextSecondAsync(Cancellation);
        var life = monitor.Report!.Nodes.Single().Identity;

        var tooLong = TestMonitor.Order(OrderVerb.Stop, Plain, life) with { KillAfterMs = 230_001 };
        await monitor.SendAsync(tooLong, 1, Cancellation);
        await monitor.UntilAsync(() => monitor.OutcomeOf(tooLong) is not null, Cancellation);
        Assert.Equal(OutcomeResult.Refused, monitor.OutcomeOf(tooLong)!.Result);
        Assert.Contains("SIGKILL after 230001ms is out of range, 0s to the node's stopBudget, 230s", monitor.OutcomeOf(tooLong)!.Text, StringComparison.Ordinal);
        Assert.Single(agent.ProcessesOf("plain"));

        var now = TestMonitor.Order(OrderVerb.Stop, Plain, life) with { KillAfterMs = 300 };
        await monitor.SendAsync(now, 1, Cancellation);
        await monitor.UntilAsync(() => monitor.OutcomeOf(now) is not null, Cancellation);
        var outcome = monitor.OutcomeOf(now)!;
        Assert.Equal((OutcomeResult.Done, ProofState.Complete), (outcome.Result, outcome.Proof!.State));
        Assert.Equal(LadderRung.Kill, outcome.Proof.Steps[^1].Rung);
        Assert.IsType<Losses.NotKnown>(outcome.Proof.Losses);
        Assert.Empty(agent.ProcessesOf("plain"));
    }

    private static async Task EnrolAsync(AgentUnderTest agent, TestMonitor monitor)
    {
        agent.WriteSecret("key", "operator-key");
        var (exit, output, error) = await agent.RunAsync(Cancellation, "enroll", "--monitor", monitor.Address.AbsoluteUri, "--key-file", Path.Combine(agent.Folder, "key"));
        Assert.True(exit == 0, output + error);
    }

    private static ObservedEvidence? Seen(TestMonitor monitor) => monitor.Report?.Nodes.SingleOrDefault()?.Seen;
}
