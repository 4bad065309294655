using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Orders: stored, signed, sent at once, and looked at.</summary>
public sealed class OrderApiTests
{
    [Theory]
    [InlineData("restart", OrderVerb.Restart, true)]
    [InlineData("stop", OrderVerb.Stop, true)]
    [InlineData("start", OrderVerb.Start, false)]
    [InlineData("enable", OrderVerb.Enable, false)]
    [InlineData("disable", OrderVerb.Disable, false)]
    public async Task An_order_for_a_node_goes_out_signed_and_names_the_life_that_is_meant_where_it_matters(string path, OrderVerb verb, bool names)
    {
        await using var api = await FleetAsync();

        var reply = await api.PostAsync($"/api/nodes/main/{path}");

        var view = reply.Read(ApiJson.Default.OrderView, 202);
        var order = await api.NextOrderAsync();
        Assert.Equal($"/api/orders/{view.Id}", reply.Headers["Location"]);
        Assert.Equal((view.Id, verb, "host", "main", "operator"), (order.Id, order.Verb, order.Audience.ToString(), order.Node.ToString(), order.By));
        Assert.Equal((OrderState.Sent, 1, "host.main"), (view.State, view.Attempts, view.Node));
        Assert.Equal(names ? (await api.ReadAsync("host.main")).Identity : null, order.Identity);
        Assert.Equal(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(order.ExpiresAt - order.IssuedAt));
        Assert.Contains(api.Lines, line => line.Contains($"operator at 127.0.0.1 ordered {verb} of host.main as order {order.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_node_without_a_process_none_is_named()
    {
        await using var api = await FleetAsync();
        await api.StoreAsync(StoredFleet.Node("host.dead", HealthState.Down, Condition.Exited) with { Identity = null });

        (await api.PostAsync("/api/nodes/dead/restart")).Read(ApiJson.Default.OrderView, 202);

        Assert.Null((await api.NextOrderAsync()).Identity);
    }

    [Fact]
    public async Task Who_waits_gets_the_outcome()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var api = await ApiUnderTest.StartAsync(ApiSetup.InRealTime);
        await api.StoreAsync(StoredFleet.Agent("host", now, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main", now: now));

        var asking = api.PostAsync("/api/nodes/main/restart?wait=20");
        await api.EndAsync(await api.NextOrderAsync(), new Outcome { Result = OutcomeResult.Done, Text = "restarted in 3 s" });

        var view = (await asking).Read(ApiJson.Default.OrderView);
        Assert.Equal((OrderState.Ended, OutcomeResult.Done, "restarted in 3 s"), (view.State, view.Outcome!.Result, view.Outcome.Text));
    }

    [Fact]
    public async Task A_reload_is_an_order_to_the_agent_itself()
    {
        await using var api = await FleetAsync();

        var view = (await api.PostAsync("/api/agents/host/reload")).Read(ApiJson.Default.OrderView, 202);

        var order = await api.NextOrderAsync();
        Assert.Equal((view.Id, OrderVerb.Reload, (NodeName?)null), (order.Id, order.Verb, order.Node));
        Assert.Null(view.Node);
        (await api.PostAsync("/api/agents/nobody/reload")).Problem(404);
    }

    [Fact]
    public async Task A_remote_node_cannot_be_ordered_about()
    {
        await using var api = await FleetAsync();
        await api.StoreAsync(StoredFleet.Node("remote.shop"));

        Assert.Equal("remote.shop has no agent on its host: nobody can restart it", (await api.PostAsync("/api/nodes/shop/restart")).Problem(422));
        Assert.Equal(0, api.Bus.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("00000000000000000000000000000000g")]
    [InlineData("000000000000000000000000000000000")]
    [InlineData("%2e%2e")]
    [InlineData("0000000000000000000000000000000%7c")]
    public async Task What_is_no_order_is_not_found(string id)
    {
        await using var api = await ApiUnderTest.StartAsync();

        (await api.GetAsync($"/api/orders/{id}")).Problem(404);
    }

    [Fact]
    public async Task An_order_that_is_stored_twice_is_two_orders()
    {
        await using var api = await FleetAsync();

        var one = (await api.PostAsync("/api/nodes/main/restart")).Read(ApiJson.Default.OrderView, 202);
        var two = (await api.PostAsync("/api/nodes/main/restart")).Read(ApiJson.Default.OrderView, 202);

        Assert.NotEqual(one.Id, two.Id);
        Assert.Equal(one.Id[0], two.Id[0]); // The shard of the node.
    }

    [Theory]
    [InlineData("restart", 0)]
    [InlineData("stop", 10_000)]
    [InlineData("stop", 3_600_000)]
    public async Task A_shortened_budget_goes_into_the_signed_order(string path, long ms)
    {
        await using var api = await FleetAsync();

        var view = (await api.PostAsync($"/api/nodes/main/{path}", json: $$"""{"kill_after_ms":{{ms}}}""")).Read(ApiJson.Default.OrderView, 202);

        Assert.Equal((ms, ms), (view.KillAfterMs, (await api.NextOrderAsync()).KillAfterMs));
    }

    [Theory]
    [InlineData("restart", """{"kill_after_ms":-1}""", "kill_after_ms is -1: a number from 0 to 3600000, and to the node's stop budget")]
    [InlineData("restart", """{"kill_after_ms":3600001}""", "kill_after_ms is 3600001: a number from 0 to 3600000")]
    [InlineData("start", """{"kill_after_ms":1}""", "kill_after_ms is for restart and stop, not for start")]
    [InlineData("restart", """{"kill_after_ms":"10s"}""", "kill_after_ms")]
    [InlineData("restart", "null", "the body is null")]
    public async Task One_that_is_out_of_bounds_is_refused_and_nothing_is_ordered(string path, string body, string problem)
    {
        await using var api = await FleetAsync();

        Assert.Contains(problem, (await api.PostAsync($"/api/nodes/main/{path}", json: body)).Problem(400), StringComparison.Ordinal);
        Assert.Equal(0, api.Bus.Count);
    }

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main"));
        return api;
    }
}
