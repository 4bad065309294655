using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The clients against the real API: the command line as an operator runs it, and the facade as a program uses it.</summary>
public sealed class ClientOverHttpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_shows_the_stored_fleet_and_says_which_nodes_a_name_could_mean()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main", "second"));
        await api.StoreAsync(StoredFleet.Node("host.main"), StoredFleet.Node("host.second", HealthState.Down, Condition.Exited), StoredFleet.Node("other.main"));

        var all = await RunAsync(api, ApiSetup.Viewer, "status", "--all");
        Assert.Equal((1, ""), (all.Exit, all.Error));
        Assert.Matches("host.main +Up +Healthy +4711 +18083 ", all.Output);
        Assert.Matches("host.second +Down +Exited .*explained as Exited", all.Output);

        Assert.Equal(0, (await RunAsync(api, ApiSetup.Viewer, "status", "host.main", "--strict")).Exit);
        var down = await RunAsync(api, ApiSetup.Viewer, "status", "second", "--json");
        Assert.Equal((1, "explained as Exited"), (down.Exit, JsonNode.Parse(down.Output)!["message"]!.GetValue<string>()));

        var ambiguous = await RunAsync(api, ApiSetup.Viewer, "status", "main");
        Assert.Equal(2, ambiguous.Exit);
        Assert.EndsWith("give the id of one; it could be host.main, other.main\n", ambiguous.Error, StringComparison.Ordinal);
        var unknown = await RunAsync(api, ApiSetup.Viewer, "status", "nobody");
        Assert.Equal((2, "monerocloud: there is no node 'nobody'; known: host.main, host.second, other.main\n"), (unknown.Exit, unknown.Error));
    }

    [Fact]
    public async Task An_order_goes_out_and_its_end_is_followed()
    {
        await using var api = await InRealTimeAsync();

        var running = RunAsync(api, ApiSetup.Operator, "restart", "main");
        var order = await api.NextOrderAsync();
        await api.EndAsync(order, new Outcome { Result = OutcomeResult.Done, Text = "restarted in 3 s", Before = order.Identity, After = order.Identity! with { Pid = 4712 } });
        var run = await running;

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith($"host.main: restart, order {order.Id}\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("host.main: done: restarted in 3 s (pid 4711 -> 4712)\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(api, ApiSetup.Viewer, "order", order.Id)).Exit);
    }

    [Fact]
    public async Task A_failed_order_ends_with_1_and_its_reason()
    {
        await using var api = await InRealTimeAsync();

        var running = RunAsync(api, ApiSetup.Operator, "reload", "host");
        await api.EndAsync(await api.NextOrderAsync(), new Outcome { Result = OutcomeResult.Refused, Text = "line 3: no such key" });
        var run = await running;

        Assert.Equal((1, "monerocloud: host: refused: line 3: no such key\n"), (run.Exit, run.Error));
    }

    [Fact]
    public async Task A_check_by_the_agent_shows_what_it_found_before_the_next_report_does()
    {
        await using var api = await InRealTimeAsync();

        var running = RunAsync(api, ApiSetup.Viewer, "status", "main", "--method", "pid");
        var data = new WorkedData.Pid(4711, "Process not found") { Condition = Condition.Exited, Explanation = "the process exited (signal 9)" };
        await api.EndAsync(await api.NextOrderAsync(), AgentDouble.Checked(new MethodAnswer(false, data)));
        var run = await running;

        Assert.Equal((1, ""), (run.Exit, run.Error));
        Assert.Matches(@"host.main +Down +Exited .*the process exited \(signal 9\)", run.Output);
    }

    [Fact]
    public async Task A_program_checks_and_updates_a_node()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        await using var api = await ApiUnderTest.StartAsync(new ApiSetup().WithTarget(StoredFleet.Id("remote.shop"), peer.Address, kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Node("remote.shop", HealthState.Down, Condition.Unresponsive) with { WalletDeclared = false, WorkedData = null });
        using var client = Client(api, ApiSetup.Operator);
        var checks = new NodeChecks(client);

        var answer = await checks.CheckAsync("shop", cancellation: Cancellation);
        Assert.True(answer.Status);
        Assert.Null((await api.ReadAsync("remote.shop")).WorkedData);

        Assert.True((await checks.UpdateAsync("remote.shop", cancellation: Cancellation)).Status);
        Assert.True((await api.ReadAsync("remote.shop")).Worked());
        Assert.Equal((1, 1, 0), await checks.CheckAllAsync(cancellation: Cancellation) is var all ? (all.Total, all.Working, all.Failed) : default);
        Assert.Equal(Condition.Healthy, (await checks.CheckAllAsync(cancellation: Cancellation)).Nodes[0].Condition);
        Assert.Equal(MonitorStatus.Degraded, (await checks.HealthAsync(Cancellation)).Status); // One good check of two that recovery takes.

        var thrown = await Assert.ThrowsAsync<MonitorException>(() => checks.CheckAsync("nobody", cancellation: Cancellation));
        Assert.Equal(404, thrown.Status);
    }

    [Fact]
    public async Task Who_has_no_good_key_or_not_the_role_is_told()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));

        var stranger = await RunAsync(api, "not-a-key", "status");
        Assert.Equal((1, $"monerocloud: {api.Address} does not take the key: A valid key is needed: the key is not valid\n"), (stranger.Exit, stranger.Error));
        var viewer = await RunAsync(api, ApiSetup.Viewer, "restart", "main");
        Assert.Equal((1, "monerocloud: This needs another role: this needs the role Operator; the key has the role Viewer\n"), (viewer.Exit, viewer.Error));
    }

    [Fact]
    public async Task History_agents_and_health_are_shown()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Down, Condition.Exited));
        await api.TickAsync(ApiSetup.Noon);
        var entries = Enumerable.Range(0, 130).Select(n => new HistoryEntry { At = ApiSetup.Noon.AddSeconds(n - 200), Place = $"1.{n}", Fact = new NodeFact.Spawned(1000 + n) });
        await api.HistoryAsync("host.main", [.. entries]);

        var history = await RunAsync(api, ApiSetup.Viewer, "history", "main", "-n", "120");
        var lines = history.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, "", 120), (history.Exit, history.Error, lines.Length));
        Assert.EndsWith("started, pid 1010", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("started, pid 1129", lines[^1], StringComparison.Ordinal);

        Assert.Matches(@"host +reports +20 s ago +\+0.5 s +1 +1.0.0", (await RunAsync(api, ApiSetup.Viewer, "agents")).Output);
        var health = await CommandRun.OfAsync(["health", "--monitor", api.Address.ToString()], []);
        Assert.Equal((1, "degraded"), (health.Exit, JsonNode.Parse(health.Output)!["status"]!.GetValue<string>()));
        api.Table.Away = true;
        Assert.Equal("monerocloud: Not now: the storage cannot be used at this moment; the log of the monitor says why\n", (await RunAsync(api, ApiSetup.Viewer, "status")).Error);
    }

    private static Task<CommandRun> RunAsync(ApiUnderTest api, string key, params string[] arguments) =>
        CommandRun.OfAsync(arguments, [$"MONEROCLOUD_MONITOR={api.Address}", $"MONEROCLOUD_KEY={key}"], TimeProvider.System);

    private static MonitorClient Client(ApiUnderTest api, string text)
    {
        Assert.True(MonitorKey.TryParse(text, out var key));
        return new MonitorClient(new MonitorTarget { Address = api.Address, Key = key });
    }

    private static async Task<ApiUnderTest> InRealTimeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var api = await ApiUnderTest.StartAsync(ApiSetup.InRealTime);
        await api.StoreAsync(StoredFleet.Agent("host", now, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main", now: now));
        return api;
    }
}
