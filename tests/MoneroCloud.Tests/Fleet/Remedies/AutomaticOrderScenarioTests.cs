using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>From a report that confirms a hang to the order, its outcome, and what people are told.</summary>
public sealed class AutomaticOrderScenarioTests
{
    [Fact]
    public async Task A_confirmed_hang_is_ordered_once_told_with_the_order_and_its_end_stands_in_the_history()
    {
        using var fleet = await RemedyFleet.BeginAsync();
        var life = fleet.Node.Life;
        await fleet.AfterAsync(10, n => n.Hung());
        Assert.Empty(fleet.Orders);
        await fleet.AfterAsync(10, n => n.Hung());

        var order = Assert.Single(fleet.Orders);
        Assert.Equal((OrderVerb.Restart, life, "monitor", Condition.Hung), (order.Verb, order.Identity, order.By, order.Automatic!.Condition));
        await fleet.AfterAsync(10, n => n.Hung());
        await fleet.AfterAsync(60, n => n.Hung());
        Assert.Single(fleet.Orders);
        await fleet.CarryOutAsync(order);
        await fleet.AfterAsync(2, n => n.Healthy());
        await fleet.AfterAsync(600, n => n.Healthy());

        Assert.Single(fleet.Orders);
        Assert.Equal([AlertKind.Down, AlertKind.Recovered], fleet.Rig.Notifier.Sent.Select(s => s.Alert.Kind));
        Assert.EndsWith($"; the monitor has ordered its restart (order {order.Id})", fleet.Rig.Notifier.Sent.First().Alert.Text, StringComparison.Ordinal);
        Assert.EndsWith($"; restarted by the monitor's order {order.Id}, which ended Done: it ended so: Done", fleet.Rig.Notifier.Sent.Last().Alert.Text, StringComparison.Ordinal);
        var history = await fleet.Rig.HistoryAsync(fleet.Node.Id.ToString());
        var placed = Assert.Single(history, h => h.Order is not null);
        Assert.Equal((order.Id, Condition.Hung, OrderState.Stored), (placed.Order!.Order, placed.Order.Automatic!.Condition, placed.Order.State));
        Assert.Contains(history, h => h.Fact is NodeFact.OrderTaken taken && taken.Order == order.Id);
        Assert.Contains(history, h => h.Fact is NodeFact.OrderEnded ended && ended.Order == order.Id);
        Assert.Equal(OrderState.Ended, (await fleet.Rig.OrderAsync(order.Id)).State);
        Assert.Empty(await fleet.Rig.RowsAsync(Keys.Outbox));
    }

    [Fact]
    public async Task One_that_failed_is_told_and_tried_again_after_the_back_off()
    {
        using var fleet = await RemedyFleet.BeginAsync();
        await fleet.HangAsync();
        await fleet.CarryOutAsync(fleet.Orders[0], OutcomeResult.Failed);
        await fleet.AfterAsync(30, n => n.Hung());

        Assert.Single(fleet.Orders);
        Assert.StartsWith("it was restarted at", (await fleet.RecordAsync()).HeldRestart!.Reason, StringComparison.Ordinal);
        Assert.Equal([AlertKind.Down, AlertKind.RestartFailed], fleet.Rig.Notifier.Sent.Select(s => s.Alert.Kind));

        for (var i = 0; i < 15; i++)
        {
            Assert.Single(fleet.Orders);
            await fleet.AfterAsync(60, n => n.Hung());
        }

        Assert.Equal(2, fleet.Orders.Count);
        Assert.Equal(fleet.Orders[0].Identity, fleet.Orders[1].Identity);
        Assert.Equal((2, null), ((await fleet.RecordAsync()).LastRestart!.Try, (await fleet.RecordAsync()).HeldRestart));
    }

    [Fact]
    public async Task One_that_was_refused_because_the_node_answers_again_is_no_news_and_one_that_expires_stands_in_the_history()
    {
        using var fleet = await RemedyFleet.BeginAsync();
        await fleet.HangAsync();
        var order = fleet.Orders[0];
        await fleet.AfterAsync(1);
        fleet.Agent.Add(fleet.Node.Name, new NodeFact.OrderTaken(order.Id, order.Verb));
        fleet.Agent.Add(fleet.Node.Name, new NodeFact.OrderEnded(order.Id, new Outcome { Result = OutcomeResult.Refused, Text = "the newest check says otherwise" }));
        await fleet.AfterAsync(1, n => n.Healthy());
        await fleet.AfterAsync(2, n => n.Healthy());
        Assert.Equal([AlertKind.Down, AlertKind.Recovered], fleet.Rig.Notifier.Sent.Select(s => s.Alert.Kind));

        // The second is never taken.
        await fleet.AfterAsync(900, n => n.Healthy());
        await fleet.HangAsync();
        Assert.Equal(2, fleet.Orders.Count);
        await fleet.AfterAsync(310, n => n.Hung());
        var marks = (await fleet.Rig.HistoryAsync(fleet.Node.Id.ToString())).Select(h => h.Order).OfType<OrderMark>().Where(m => m.Order == fleet.Orders[1].Id);
        Assert.Equal([OrderState.Stored, OrderState.Expired], marks.Select(m => m.State));
    }

    [Fact]
    public async Task What_the_budget_held_back_is_told_shown_and_ordered_when_there_is_room()
    {
        using var fleet = await RemedyFleet.BeginAsync(nodes: 2);
        await fleet.HangAsync();

        var first = Assert.Single(fleet.Orders);
        var held = fleet.Agent.Nodes.Single(n => n.Name != first.Node);
        var alert = fleet.Rig.Notifier.Sent.Select(s => s.Alert).Single(a => a.Subject == held.Id.ToString());
        Assert.Contains("; not restarted: the fleet's budget of 1 in 10 min is used up", alert.Text, StringComparison.Ordinal);
        Assert.Equal(Condition.Hung, (await fleet.RecordAsync(held)).HeldRestart!.Condition);
        for (var i = 0; i < 9; i++)
        {
            await fleet.AfterAsync(60, n => n.Hung());
            Assert.Single(fleet.Orders);
        }

        // The one that waits comes before the one that had its turn, which nobody took.
        await fleet.AfterAsync(61, n => n.Hung());
        Assert.Equal([first.Node, held.Name], fleet.Orders.Select(o => o.Node));
    }

    [Fact]
    public async Task Held_is_over_when_the_node_works_again()
    {
        using var fleet = await RemedyFleet.BeginAsync(nodes: 2);
        await fleet.HangAsync();
        await fleet.AfterAsync(2, n => n.Healthy());
        await fleet.AfterAsync(2, n => n.Healthy());

        Assert.All(await Task.WhenAll(fleet.Agent.Nodes.Select(n => fleet.RecordAsync(n))), n => Assert.Null(n.HeldRestart));
    }

    [Fact]
    public async Task Of_a_hundred_nodes_that_hang_at_once_ten_are_restarted()
    {
        using var fleet = await RemedyFleet.BeginAsync(agents: 10, nodes: 10);
        await fleet.HangAsync();

        Assert.Equal(10, fleet.Orders.Count);
        var records = await Task.WhenAll(fleet.Agents.SelectMany(a => a.Nodes).Select(n => fleet.RecordAsync(n)));
        Assert.Equal((10, 90), (records.Count(r => r.LastRestart is not null), records.Count(r => r.HeldRestart is not null)));
    }

    [Fact]
    public async Task A_wallet_whose_daemon_is_down_is_not_restarted_for_what_that_explains()
    {
        using var fleet = await RemedyFleet.BeginAsync(nodes: 3);
        var (daemon, wallets) = (fleet.Agent.Nodes[0], fleet.Agent.Nodes.Skip(1).ToList());
        wallets.ForEach(w => w.Daemon = daemon.Name);
        await fleet.AfterAsync(1, n => { if (n == daemon) { n.Kill(); n.OpenBreaker(); } });
        await fleet.HangAsync(n => n != daemon);
        Assert.Empty(fleet.Orders);
        Assert.Equal($"its daemon ({daemon.Id}) is down, which explains it: a restart would cure nothing", (await fleet.RecordAsync(wallets[0])).HeldRestart!.Reason);

        // What it does not explain is restarted, one of those that share it.
        var blocked = Given.Silent(120) with { Process = Given.Alive(TimeSpan.FromHours(1)) with { WaitChannel = "anon_pipe_write" } };
        await fleet.AfterAsync(10, n => { if (n != daemon) { n.Observe(blocked); } });
        var order = Assert.Single(fleet.Orders);
        Assert.Equal(Condition.OutputBlocked, order.Automatic!.Condition);
    }

    [Fact]
    public async Task An_operators_stop_and_an_old_report_order_nothing()
    {
        using var fleet = await RemedyFleet.BeginAsync();
        fleet.Node.Order("stop");
        await fleet.HangAsync();
        Assert.Empty(fleet.Orders);

        using var late = await RemedyFleet.BeginAsync();
        await late.AfterAsync(1, n => n.Hung());
        late.Agent.Now = late.Rig.Time.GetUtcNow();
        late.Node.Hung();
        var report = late.Rig.Signed(late.Agent.Report());
        var enqueued = late.Rig.Time.GetUtcNow();
        await late.Rig.PassAsync(TimeSpan.FromSeconds(125));
        await late.Rig.TakeAsync(report, enqueued);
        Assert.Empty(late.Orders);
        Assert.Contains("old, and at most 2 min are allowed", (await late.RecordAsync()).HeldRestart!.Reason, StringComparison.Ordinal);

        // The same report in time does order it.
        using var timely = await RemedyFleet.BeginAsync();
        await timely.HangAsync();
        Assert.Single(timely.Orders);
    }

    [Fact]
    public async Task A_budget_that_cannot_be_read_holds_everything_for_one_window_and_says_so()
    {
        using var fleet = await RemedyFleet.BeginAsync();
        await fleet.Rig.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.RestartBudget, Doc = "no JSON" })], TestContext.Current.CancellationToken);
        await fleet.HangAsync();
        Assert.Empty(fleet.Orders);
        Assert.StartsWith("what the fleet's budget has left is not known", (await fleet.RecordAsync()).HeldRestart!.Reason, StringComparison.Ordinal);

        for (var i = 0; i < 11; i++)
        {
            await fleet.AfterAsync(60, n => n.Hung());
        }

        Assert.Single(fleet.Orders);
    }
}
