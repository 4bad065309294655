using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>Manual checks of one node: from here, or by an order to its agent.</summary>
public sealed class CheckApiTests
{
    private static readonly MethodAnswer Alive = new(true, new WorkedData.Pid(4711, "Process is running") { Condition = Condition.Healthy });

    [Fact]
    public async Task The_api_of_a_node_that_the_monitor_reaches_is_asked_from_here_and_nothing_is_saved()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("remote.shop"), peer.Address, kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Node("remote.shop", HealthState.Down, Condition.Unresponsive) with { WalletDeclared = false });
        var before = await api.ReadAsync("remote.shop");

        var answer = (await api.PostAsync("/api/nodes/shop/check", ApiSetup.Viewer)).Read(ApiJson.Default.CheckAnswer);

        Assert.Equal(("remote.shop", "shop", CheckMethod.Api, true), (answer.Id, answer.Name, answer.Method, answer.Status));
        Assert.Equal(65561, Assert.IsType<WorkedData.Api>(answer.Details).Version);
        Assert.Equal(before.Health, (await api.ReadAsync("remote.shop")).Health);
        Assert.Equal(0, api.Bus.Count);
    }

    [Fact]
    public async Task Saved_it_counts_as_one_probe()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("remote.shop"), peer.Address, kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Node("remote.shop", HealthState.Down, Condition.Unresponsive) with { WalletDeclared = false });

        (await api.PostAsync("/api/nodes/remote.shop/check?save=true")).Read(ApiJson.Default.CheckAnswer);
        Assert.Equal((HealthState.Down, 1, true), await api.ReadAsync("remote.shop") is var once ? (once.Health.State, once.Health.Streak?.Count, once.Worked()) : default);

        api.Clock.Advance(TimeSpan.FromSeconds(1));
        (await api.PostAsync("/api/nodes/remote.shop/check?save=true")).Read(ApiJson.Default.CheckAnswer);

        Assert.Equal(HealthState.Up, (await api.ReadAsync("remote.shop")).Health.State);
        Assert.Single((await api.GetAsync("/api/nodes/remote.shop/history")).Read(ApiJson.Default.HistoryView).Entries);
    }

    [Theory]
    [InlineData("pid")]
    [InlineData("port")]
    [InlineData("full")]
    public async Task Of_a_remote_node_only_the_api_can_be_checked(string method)
    {
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("remote.shop"), new Uri("http://127.0.0.1:1"), kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Node("remote.shop"));

        Assert.Equal("remote.shop has no agent on its host: of its process and its port nobody knows; method=api works", (await api.PostAsync($"/api/nodes/shop/check?method={method}")).Problem(422));
    }

    [Theory]
    [InlineData("pid", CheckMethod.Pid)]
    [InlineData("full", CheckMethod.Full)]
    [InlineData("api", CheckMethod.Api)]
    public async Task What_only_the_host_sees_is_an_order_to_the_agent_and_its_answer_is_the_answer(string method, CheckMethod expected)
    {
        await using var api = await InRealTimeAsync();

        var asking = api.PostAsync($"/api/nodes/host.main/check?method={method}", ApiSetup.Viewer);
        var order = await api.NextOrderAsync();
        Assert.Equal((OrderVerb.Check, expected, false, "viewer", "main"), (order.Verb, order.Method, order.Save, order.By, order.Node.ToString()));
        await api.EndAsync(order, AgentDouble.Checked(Alive));

        var answer = (await asking).Read(ApiJson.Default.CheckAnswer);
        Assert.Equal((expected, true), (answer.Method, answer.Status));
        Assert.Equal(4711, Assert.IsType<WorkedData.Pid>(answer.Details).ProcessId);
    }

    [Fact]
    public async Task An_answer_that_takes_longer_is_fetched_with_the_order()
    {
        await using var api = await InRealTimeAsync();

        var reply = await api.PostAsync("/api/nodes/host.main/check?method=port&wait=0&save=true");

        var order = reply.Read(ApiJson.Default.OrderView, 202);
        Assert.Equal($"/api/orders/{order.Id}", reply.Headers["Location"]);
        Assert.Equal((OrderState.Sent, CheckMethod.Port, true), (order.State, order.Method, order.Save));
        await api.EndAsync(await api.NextOrderAsync(), AgentDouble.Checked(Alive));
        var ended = (await api.GetAsync(reply.Headers["Location"])).Read(ApiJson.Default.OrderView);
        Assert.Equal((OrderState.Ended, true), (ended.State, ended.Outcome!.Answer!.Status));
    }

    [Fact]
    public async Task An_agent_that_did_not_check_says_why()
    {
        await using var api = await InRealTimeAsync();

        var asking = api.PostAsync("/api/nodes/host.main/check?method=pid");
        await api.EndAsync(await api.NextOrderAsync(), new Outcome { Result = OutcomeResult.Refused, Text = "no such node" });

        Assert.Equal("agent host did not check: Refused: no such node", (await asking).Problem(409));
    }

    [Fact]
    public async Task A_node_is_checked_once_at_a_time()
    {
        await using var api = await InRealTimeAsync();
        (await api.PostAsync("/api/nodes/host.main/check?method=pid&wait=0")).Read(ApiJson.Default.OrderView, 202);

        var second = await api.PostAsync("/api/nodes/host.main/check?method=pid&wait=0");

        Assert.Equal("host.main is being checked already", second.Problem(429));
        Assert.Equal("30", second.Headers["Retry-After"]);
        (await api.PostAsync("/api/nodes/host.second/check?method=pid&wait=0")).Read(ApiJson.Default.OrderView, 202);
    }

    [Fact]
    public async Task After_an_answer_it_can_be_checked_again()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("remote.shop"), peer.Address, kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Node("remote.shop") with { WalletDeclared = false });

        (await api.PostAsync("/api/nodes/shop/check")).Read(ApiJson.Default.CheckAnswer);
        (await api.PostAsync("/api/nodes/shop/check")).Read(ApiJson.Default.CheckAnswer);
    }

    [Fact]
    public async Task A_silent_agent_is_given_no_order()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main"), StoredFleet.Node("nobody.main"), StoredFleet.Node("fresh.main"));
        await api.StoreAsync(StoredFleet.Agent("fresh", null, "main") with { ReceivedAt = null });
        api.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("agent host is silent since 2026-01-15 12:02:40 UTC: nothing was ordered; look at its host", (await api.PostAsync("/api/nodes/host.main/check")).Problem(503));
        Assert.Equal("agent nobody is not enrolled, or has never reported: nobody can be asked", (await api.PostAsync("/api/nodes/nobody.main/check")).Problem(409));
        Assert.Equal("agent fresh is not enrolled, or has never reported: nobody can be asked", (await api.PostAsync("/api/nodes/fresh.main/check")).Problem(409));
        Assert.Equal(0, api.Bus.Count);
    }

    [Theory]
    [InlineData("method=ping", "method is ping: one of Pid, Port, Api, Full")]
    [InlineData("wait=26", "wait is 26: a number from 0 to 25")]
    [InlineData("wait=-1", "wait is -1: a number from 0 to 25")]
    [InlineData("save=yes", "save is yes: true or false")]
    public async Task Parameters_are_bounded(string query, string detail)
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));

        Assert.Equal(detail, (await api.PostAsync($"/api/nodes/host.main/check?{query}")).Problem(400));
        Assert.Equal(detail, (await api.PostAsync($"/api/nodes/check?{query}")).Problem(400));
    }

    [Fact]
    public async Task Saving_needs_an_operator()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));

        Assert.Equal("save=true needs the role Operator; the key has the role Viewer", (await api.PostAsync("/api/nodes/host.main/check?save=true", ApiSetup.Viewer)).Problem(403));
        Assert.Equal("save=true needs the role Operator; the key has the role Viewer", (await api.PostAsync("/api/nodes/check?save=true", ApiSetup.Viewer)).Problem(403));
    }

    private static async Task<ApiUnderTest> InRealTimeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var api = await ApiUnderTest.StartAsync(ApiSetup.InRealTime);
        await api.StoreAsync(StoredFleet.Agent("host", now, "main", "second"));
        await api.StoreAsync(StoredFleet.Node("host.main", now: now), StoredFleet.Node("host.second", now: now));
        return api;
    }
}
