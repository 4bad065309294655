using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Orders that come to nothing: each ends, and none is sent for ever.</summary>
public sealed class OrderExpiryTests
{
    private static readonly string Commands = Names.CommandsQueue($"{MonitorRig.Home}");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stored_and_never_sent_it_expires_with_its_time()
    {
        using var rig = new MonitorRig();
        rig.Bus.Answer = _ => new BusSend.NotNow("away", TimeSpan.Zero);
        var order = await PlaceAsync(rig);

        await rig.PassAsync(OrderPlacing.Life - TimeSpan.FromSeconds(15));
        Assert.Equal(OrderState.Sent, (await FindAsync(rig, order)).State); // As far as the monitor knows: the bus may have had it.
        Assert.Single(await rig.RowsAsync(Keys.Outbox));

        rig.Bus.Answer = _ => new BusSend.Accepted();
        await rig.PassAsync(TimeSpan.FromMinutes(1));
        var ended = await FindAsync(rig, order);
        Assert.Equal(OrderState.Expired, ended.State);
        Assert.InRange(ended.EndedAt!.Value, ended.ExpiresAt(), ended.ExpiresAt() + TimeSpan.FromSeconds(30));
        Assert.Empty(await rig.RowsAsync(Keys.Outbox));
        Assert.Empty(rig.Bus.To(Commands));
    }

    [Fact]
    public async Task Sent_and_never_taken_it_is_sent_again_under_the_same_id_until_its_time_is_over()
    {
        using var rig = new MonitorRig();
        var order = await PlaceAsync(rig);

        await rig.PassAsync(TimeSpan.FromMinutes(10));

        var sent = rig.Bus.To(Commands).Select(m => m.MessageId).ToList();
        Assert.InRange(sent.Count, 8, 15);
        Assert.Equal(Enumerable.Range(1, sent.Count).Select(i => $"{order}:{i}"), sent);
        Assert.Equal((OrderState.Expired, sent.Count), ((await FindAsync(rig, order)).State, (await FindAsync(rig, order)).Attempts));
        Assert.Empty(await rig.RowsAsync(Keys.Outbox));
    }

    [Fact]
    public async Task Taken_it_is_sent_no_more_does_not_expire_and_its_outcome_may_come_late()
    {
        using var rig = new MonitorRig();
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        await rig.EnrolAsync(agent.Name);
        await rig.TakeAsync(agent);
        var order = await PlaceAsync(rig);
        agent.Add(agent.Node.Name, new NodeFact.OrderTaken(order, OrderVerb.Restart));
        await rig.TakeAsync(agent);
        var sent = Orders(rig, order);

        await rig.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal((OrderState.Taken, sent), ((await FindAsync(rig, order)).State, Orders(rig, order)));

        agent.Now = rig.Time.GetUtcNow();
        agent.Add(agent.Node.Name, new NodeFact.OrderEnded(order, new Outcome { Result = OutcomeResult.Interrupted, Text = "the agent was ended in the middle of it" }));
        await rig.TakeAsync(agent);
        Assert.Equal((OrderState.Ended, OutcomeResult.Interrupted), ((await FindAsync(rig, order)).State, (await FindAsync(rig, order)).Outcome!.Result));
    }

    [Fact]
    public async Task Taken_in_time_and_told_late_it_is_not_expired()
    {
        using var rig = new MonitorRig();
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        await rig.EnrolAsync(agent.Name);
        await rig.TakeAsync(agent);
        var order = await PlaceAsync(rig);
        agent.Now = rig.Time.GetUtcNow().AddMinutes(1);
        agent.Add(agent.Node.Name, new NodeFact.OrderTaken(order, OrderVerb.Restart));
        await rig.PassAsync(TimeSpan.FromMinutes(7));
        Assert.Equal(OrderState.Expired, (await FindAsync(rig, order)).State);

        await rig.TakeAsync(agent);

        Assert.Equal((OrderState.Taken, Given.Now.AddMinutes(1)), ((await FindAsync(rig, order)).State, (await FindAsync(rig, order)).TakenAt));
        Assert.DoesNotContain(await rig.RowsAsync(Keys.Outbox), r => r.Key.Key.EndsWith("|order", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_to_be_sent_of_an_order_that_is_gone_goes_too()
    {
        using var rig = new MonitorRig();
        rig.Bus.Answer = _ => new BusSend.NotNow("away", TimeSpan.Zero);
        var order = await PlaceAsync(rig);
        await rig.Table.CommitAsync([new RowChange.Delete(Keys.Order(order)!.Value)], Now);
        rig.Bus.Answer = _ => new BusSend.Accepted();

        await rig.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(await rig.RowsAsync(Keys.Outbox));
        Assert.Empty(rig.Bus.To(Commands));
    }

    private static int Orders(MonitorRig rig, string order) => rig.Bus.To(Commands).Count(m => m.MessageId.StartsWith(order, StringComparison.Ordinal));

    private static async Task<string> PlaceAsync(MonitorRig rig)
    {
        // Its own timers must not move the rig's clock on.
        var monitor = rig.NewMonitor() with { Time = new StoppedTimers(rig.Time) };
        return (await new OrderPlacing(monitor, new Dispatcher(monitor)).PlaceAsync(new OrderWish(MonitorRig.Home, NodeName.Parse("main-node"), OrderVerb.Restart, "operator"), Now)).Order.Id;
    }

    private static async Task<OrderRecord> FindAsync(MonitorRig rig, string order) =>
        (await rig.Table.FindAsync(Keys.Order(order)!.Value, CoreJson.Default.OrderRecord, Now))!.Value;
}
