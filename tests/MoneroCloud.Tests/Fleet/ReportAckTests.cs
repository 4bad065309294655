using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>An ack says what is stored, and nothing that is not: an agent keeps no event that was acked.</summary>
public sealed class ReportAckTests
{
    [Fact]
    public async Task Events_are_acked_at_once_and_a_report_without_any_once_a_minute()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        var counts = new List<int>();
        for (var i = 0; i < 14; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10));
            agent.Now += TimeSpan.FromSeconds(10);
            agent.Node.Healthy();
            await rig.TakeAsync(agent.Report());
            counts.Add(rig.Bus.AcksTo(agent.Name).Count());
            agent.TakeAcks(rig.Bus.AcksTo(agent.Name));
        }

        // The second healthy look is a change of the agent's own verdict, which is an event.
        Assert.Equal([1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4], counts);
        Assert.Equal(agent.Position, new EventPosition(1, rig.Bus.AcksTo(agent.Name).Last().N));
    }

    [Fact]
    public async Task An_ack_of_a_clock_that_was_set_back_withholds_none()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        await rig.TakeAsync(agent);
        var acks = rig.Bus.AcksTo(agent.Name).Count();
        await AgentMarks.AckedAsync(rig.Table, agent.Name, rig.Time.GetUtcNow().AddHours(1), TestContext.Current.CancellationToken);

        await rig.TakeAsync(agent);
        Assert.Equal(acks + 1, rig.Bus.AcksTo(agent.Name).Count());
        await rig.TakeAsync(agent);
        Assert.Equal(acks + 1, rig.Bus.AcksTo(agent.Name).Count());
    }

    [Theory]
    [InlineData("n|")]
    [InlineData("a|")]
    public async Task What_could_not_be_stored_is_not_acked(string kind)
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        await rig.TakeAsync(agent);
        var (table, acks) = (rig.Table, rig.Bus.AcksTo(agent.Name).Count());
        rig.Table = new LosingTable(table, (key, _) => key.Key.StartsWith(kind, StringComparison.Ordinal));
        agent.Node.Kill();

        Assert.IsType<TriggerResult.Failed>(await rig.TakeAsync(agent.Report()));
        Assert.Equal(acks, rig.Bus.AcksTo(agent.Name).Count());

        rig.Table = table;
        await rig.TakeAsync(agent);
        Assert.Equal(agent.Position.N, agent.Acked);
    }

    [Fact]
    public async Task An_ack_that_the_bus_does_not_take_is_sent_with_the_next_report()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        agent.Node.Kill();
        rig.Bus.Answer = _ => new BusSend.NotNow("away", TimeSpan.Zero);
        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(agent.Report()));
        Assert.Null((await rig.AgentAsync(agent.Name)).AckedAt);

        rig.Bus.Answer = _ => new BusSend.Accepted();
        await rig.TakeAsync(agent);

        Assert.Equal(agent.Position.N, agent.Acked);
        Assert.Single(await rig.HistoryAsync(agent.Node.Id.ToString()), e => e.Fact is NodeFact.Exited);
    }

    [Fact]
    public async Task Events_of_a_node_whose_state_did_not_fit_into_the_report_are_acked_only_when_it_came()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node", "second");
        agent.Add(agent.Nodes[0].Name, new NodeFact.Spawned(11));
        agent.Add(agent.Nodes[1].Name, new NodeFact.Spawned(12));
        agent.Add(agent.Nodes[0].Name, new NodeFact.WalletOpened(13));
        var whole = agent.Report();

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(whole with { Nodes = [whole.Nodes[0]] }));
        Assert.Equal(new EventPosition(1, 1), (await rig.AgentAsync(agent.Name)).Stored);

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(whole with { Number = whole.Number + 1, Nodes = [whole.Nodes[1]] }));
        Assert.Equal(new EventPosition(1, 3), (await rig.AgentAsync(agent.Name)).Stored);
        Assert.Single(await rig.HistoryAsync(agent.Nodes[1].Id.ToString()), e => e.Fact is NodeFact.Spawned);
        Assert.Equal(2, (await rig.HistoryAsync(agent.Nodes[0].Id.ToString())).Count(e => e.Fact is NodeFact.Spawned or NodeFact.WalletOpened));
    }

    [Fact]
    public async Task Events_of_a_node_that_nobody_declares_hold_up_nothing()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        agent.Add(NodeName.Parse("gone"), new NodeFact.Exited(11, 0, null, ExitCause.Unknown, true));
        agent.Node.Kill();

        await rig.TakeAsync(agent);

        Assert.Equal(agent.Position.N, agent.Acked);
        Assert.Null(await rig.NodeAsync(new NodeId(agent.Name, NodeName.Parse("gone"))));
    }

    [Fact]
    public async Task A_node_that_fits_into_no_row_is_counted_and_holds_up_nothing()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node", "second");
        agent.Nodes[1].Labels = new() { ["note"] = new string('x', Row.MaxText) };
        agent.Nodes.ForEach(n => n.Kill());

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(agent));

        Assert.Equal(new Dictionary<string, long> { ["node too large"] = 1 }, await rig.RefusalsAsync());
        Assert.Equal(agent.Position.N, agent.Acked);
        Assert.NotNull(await rig.NodeAsync(agent.Nodes[0].Id));
        Assert.Null(await rig.NodeAsync(agent.Nodes[1].Id));
    }

    [Theory]
    [InlineData("main-node")]
    [InlineData("no-such-node")]
    [InlineData(null)]
    public async Task An_agents_refusal_ends_its_order_whatever_node_it_is_about(string? node)
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        await rig.TakeAsync(agent);
        var ids = new List<string>();
        foreach (var aim in new[] { "no-such-node", "a", "b", "c" })
        {
            var wish = new OrderWish(agent.Name, NodeName.Parse(aim), OrderVerb.Restart, "operator");
            var order = await new OrderPlacing(rig.NewMonitor(), new Dispatcher(rig.NewMonitor())).PlaceAsync(wish, TestContext.Current.CancellationToken);
            agent.Add(node is null ? null : NodeName.Parse(node), new NodeFact.OrderRefused(order.Order.Id, "this agent has no such node"));
            ids.Add(order.Order.Id);
        }

        await rig.TakeAsync(agent);

        foreach (var id in ids)
        {
            var record = (await rig.Table.FindAsync(Keys.Order(id)!.Value, CoreJson.Default.OrderRecord, TestContext.Current.CancellationToken))!.Value;
            Assert.Equal((OrderState.Ended, OutcomeResult.Refused, "this agent has no such node"), (record.State, record.Outcome!.Result, record.Outcome.Text));
            Assert.Null(await rig.Table.ReadAsync(Keys.OrderOnItsWay(id)!.Value, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task An_agent_says_nothing_of_another_agents_order()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        var wish = new OrderWish(NodeName.Parse("other"), NodeName.Parse("main"), OrderVerb.Restart, "operator");
        var order = await new OrderPlacing(rig.NewMonitor(), new Dispatcher(rig.NewMonitor())).PlaceAsync(wish, TestContext.Current.CancellationToken);
        agent.Add(NodeName.Parse("no-such-node"), new NodeFact.OrderRefused(order.Order.Id, "mine"));

        await rig.TakeAsync(agent);

        Assert.Equal(OrderState.Sent, (await rig.Table.FindAsync(Keys.Order(order.Order.Id)!.Value, CoreJson.Default.OrderRecord, TestContext.Current.CancellationToken))!.Value.State);
    }
}
