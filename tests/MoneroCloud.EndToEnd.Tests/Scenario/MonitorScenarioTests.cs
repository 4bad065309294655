using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The whole product on one machine: monitor, agent and real wallets, each a process of its own.</summary>
public sealed class MonitorScenarioTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_wallet_is_told_with_exact_times_and_one_alert_and_worked_was_right_at_each_moment()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("scenario");
        await using var agent = await Wallets.AgentWithAnOpenWalletAsync(Cancellation);
        await monitor.EnrolAsync(agent, Cancellation);
        var before = await monitor.UntilUpAsync("host.main");
        await Wallets.ReadyForASecondAsync(agent, "main", Cancellation);

        var since = TimeProvider.System.GetUtcNow();
        AgentUnderTest.Send((int)before["pid"]!, Signals.Kill);
        var starting = await monitor.UntilAsync("api/nodes/host.main", (_, node) => (int?)node["pid"] != (int)before["pid"]! && (string?)node["state"] != "Up");
        Assert.False((bool)starting["worked"]!);
        Assert.Equal("full", (string?)starting["worked_data"]!["method"]);
        Assert.False((bool)starting["worked_data"]!["checks"]!["api"]!["status"]!);
        var after = await monitor.UntilUpAsync("host.main");
        Assert.True((bool)after["worked_data"]!["checks"]!["api"]!["status"]!);

        await ItsHistoryIsTheAgentsAsync(monitor, agent, "main", since);
        await monitor.UntilAsync("api/alerts?subject=host.main", (_, _) => monitor.Output.Any(l => l.Contains("ALERT", StringComparison.Ordinal)));
        var alerts = monitor.Output.Where(l => l.Contains("ALERT", StringComparison.Ordinal)).ToList();
        Assert.Contains("host.main was restarted by its agent", Assert.Single(alerts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_degraded_after_a_kill_before_the_node_is_tried_again_and_well_again_when_it_is_back()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("health");
        await using var agent = AgentUnderTest.Create("health-agent", new NodeUnderTest("plain"));

        // It is killed before it had been ready for long, so its restart is held back for 9 s at least, in which health has to say so.
        agent.Configure(config => config["supervision"] = new JsonObject { ["readyProof"] = "10m", ["backOffMin"] = "12s", ["backOffMax"] = "12s" }, new NodeUnderTest("plain"));
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);
        var before = await monitor.UntilUpAsync("host.plain");
        var (ok, _) = await monitor.GetAsync("api/health", withKey: false);
        Assert.Equal(200, ok);

        AgentUnderTest.Send((int)before["pid"]!, Signals.Kill);
        var degraded = await monitor.UntilAsync("api/health", (status, body) => status == 503 && (string?)body["status"] == "degraded" && (int)body["failed"]! == 1, withKey: false);
        Assert.Equal(1, (int)degraded["total"]!);
        await monitor.UntilAsync("api/health", (status, _) => status == 200, withKey: false);
    }

    [Fact]
    public async Task An_order_from_another_machines_view_restarts_a_wallet_once_and_tells_its_outcome()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("order");
        await using var agent = AgentUnderTest.Create("order-agent", new NodeUnderTest("plain"));
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);
        var before = await monitor.UntilUpAsync("host.plain");
        var since = TimeProvider.System.GetUtcNow();

        var (refused, _, why) = await agent.RunAsync(Cancellation, "restart", "plain", "--monitor", monitor.Url.ToString(), "--key-file", monitor.ViewerKeyFile);
        Assert.Equal(1, refused);
        Assert.Contains("operator", why, StringComparison.OrdinalIgnoreCase);
        var (exit, said, error) = await agent.RunAsync(Cancellation, "restart", "plain", "--monitor", monitor.Url.ToString(), "--key-file", monitor.OperatorKeyFile);
        Assert.True(exit == 0, said + error);

        var after = await monitor.UntilUpAsync("host.plain");
        Assert.NotEqual((int)before["pid"]!, (int)after["pid"]!);
        Assert.Contains($"pid {before["pid"]} -> {after["pid"]}", said, StringComparison.Ordinal);
        var events = await agent.EventsAsync("plain", Cancellation);
        Assert.Single(events, e => e.Fact is NodeFact.Exited { Expected: true });
        Assert.DoesNotContain(monitor.Output, l => l.Contains("ALERT", StringComparison.Ordinal));
        await ItsHistoryIsTheAgentsAsync(monitor, agent, "plain", since);
    }

    [Fact]
    public async Task What_happens_while_the_monitor_is_dead_is_told_when_it_is_back_with_the_time_at_which_it_happened()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("away");
        await using var agent = AgentUnderTest.Create("away-agent", new NodeUnderTest("plain"));
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);
        var before = await monitor.UntilUpAsync("host.plain");
        var since = TimeProvider.System.GetUtcNow();

        await monitor.EndAsync(Signals.Kill);
        AgentUnderTest.Send((int)before["pid"]!, Signals.Kill);
        await agent.UntilAsync("plain", s => s.Worked && s.Pid != (int)before["pid"]!, Cancellation);
        await monitor.StartAgainAsync();
        await monitor.UntilAsync("api/nodes/host.plain", (_, node) => (int?)node["pid"] != (int)before["pid"]! && (string?)node["state"] == "Up");
        await ItsHistoryIsTheAgentsAsync(monitor, agent, "plain", since);
    }

    [Fact]
    public async Task A_node_with_a_probe_address_is_probed_by_the_monitor_itself_with_its_login_and_no_secret_is_anywhere()
    {
        const string Password = "planted-secret-4711";
        await using var agent = AgentUnderTest.Create("guarded-agent");
        var node = new NodeUnderTest("guarded") { Login = agent.WriteSecret("guarded.login", $"monero:{Password}") };
        agent.Configure(node);
        await using var monitor = await StandaloneMonitor.StartAsync(
            "guarded",
            new JsonObject { ["host.guarded"] = new JsonObject { ["probeUrl"] = $"http://127.0.0.1:{node.Port}", ["loginSecret"] = "NODE_LOGIN_GUARDED" } },
            ("NODE_LOGIN_GUARDED", $"monero:{Password}"),
            ("PROBE_SCHEDULE", "*/2 * * * * *"));
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);

        var seen = await monitor.UntilAsync("api/nodes/host.guarded", (status, body) => status == 200 && (string?)body["vantage"] == "both" && (string?)body["state"] == "Up");
        Assert.Equal($"http://127.0.0.1:{node.Port}/json_rpc", (string?)seen["worked_data"]!["checks"]!["api"]!["details"]!["url"]);
        foreach (var page in new[] { "dashboard/nodes", "dashboard/nodes/host.guarded", "api/metrics", "api/nodes", "api/nodes/host.guarded/history", "api/agents", "api/alerts", "api/refusals" })
        {
            var text = await monitor.TextAsync(page);
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
            Assert.True(page is "api/alerts" or "api/refusals" || text.Contains("guarded", StringComparison.Ordinal), $"{page}: {text}");
        }

        await monitor.EndAsync(Signals.Terminate);
        foreach (var file in Directory.EnumerateFiles(monitor.Folder, "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(agent.StateFolder, "*.json*")))
        {
            Assert.False(Holds(file, Password), file);
        }

        Assert.DoesNotContain(monitor.Output, l => l.Contains(Password, StringComparison.Ordinal));
        Assert.DoesNotContain(Password, agent.Output, StringComparison.Ordinal);

        // The search finds what is there.
        Assert.True(Holds(Path.Combine(agent.Folder, "guarded.login"), Password));
    }

    [Fact]
    public async Task A_second_monitor_on_the_same_data_is_refused()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("twice");
        using var second = new MonitorProcess(
            DotnetHost.File, new Dictionary<string, string>(), Path.Combine(AppContext.BaseDirectory, "MoneroCloud.Functions.dll"), "--config", Path.Combine(monitor.Folder, "monitor.json"));
        Assert.Equal(1, await second.EndsAsync());
        Assert.Contains(second.Output, l => l.Contains("not started", StringComparison.Ordinal) && l.Contains("broker.db", StringComparison.Ordinal));
    }

    /// <summary>Every fact and every change of health, with the very times at which the agent has them.</summary>
    /// <param name="since">Not what happened before the agent was enrolled.</param>
    private static async Task ItsHistoryIsTheAgentsAsync(StandaloneMonitor monitor, AgentUnderTest agent, string node, DateTimeOffset since)
    {
        var events = (await agent.EventsAsync(node, Cancellation)).Where(e => e.At >= since).ToList();
        var facts = events.Where(e => e.Fact is not null and not NodeFact.Observed).Select(e => e.At).ToHashSet();
        var changes = events.Where(e => e.Transition is not null).Select(e => e.At).ToHashSet();
        var path = $"api/nodes/host.{node}/history?limit=500";
        await monitor.UntilAsync(path, (_, body) => changes.Max() <= Times(body, "transition").DefaultIfEmpty().Max());
        var (_, history) = await monitor.GetAsync(path);
        Assert.Empty(facts.Except(Times(history, "fact")).Select(at => events.First(e => e.At == at).Fact));

        Assert.Empty(changes.Except(Times(history, "transition")).Select(at => events.First(e => e.At == at && e.Transition is not null).Transition));
    }

    private static HashSet<DateTimeOffset> Times(JsonNode history, string member) =>
        [.. history["entries"]!.AsArray().Where(e => e![member] is not null).Select(e => (DateTimeOffset)e!["at"]!)];

    private static bool Holds(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Contains(text, StringComparison.Ordinal);
    }
}
