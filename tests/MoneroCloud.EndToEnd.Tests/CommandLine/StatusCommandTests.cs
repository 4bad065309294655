using System.Text.Json.Nodes;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary><c>monerocloud status</c> as operators and their scripts use it, with an agent and without.</summary>
public sealed class StatusCommandTests(AgentWithoutWallets fixture) : IClassFixture<AgentWithoutWallets>
{
    /// <summary>However long the test takes, what has not answered is still starting.</summary>
    private static void NeverTooLong(System.Text.Json.Nodes.JsonObject config) => config["diagnosis"] = new System.Text.Json.Nodes.JsonObject { ["startGrace"] = "10m" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_ends_with_0_for_working_1_for_failed_and_3_for_unknown_nodes()
    {
        await using var agent = AgentUnderTest.Create("codes");
        var sleeps = agent.WriteProgram("sleeps", "exec sleep 1000");
        NodeUnderTest good = new("good"), starting = new("starting") { Program = sleeps }, bad = new("bad") { More = ["--no-such-flag"] };
        agent.Configure(NeverTooLong, good, starting);
        await agent.StartAsync(Cancellation);
        await agent.UntilUpAsync("good", Cancellation);

        Assert.Equal(0, (await agent.RunAsync(Cancellation, "status", "good")).Exit);
        Assert.Equal(3, (await agent.RunAsync(Cancellation, "status", "starting")).Exit);
        Assert.Equal(3, (await agent.RunAsync(Cancellation, "status", "--all")).Exit);
        Assert.Equal(1, (await agent.RunAsync(Cancellation, "status", "--all", "--strict")).Exit);
        Assert.Equal(0, (await agent.RunAsync(Cancellation, "status", "host.good", "--strict")).Exit);

        agent.Configure(NeverTooLong, good, starting, bad);
        Assert.Equal(0, (await agent.RunAsync(Cancellation, "reload")).Exit);
        await agent.UntilAsync("bad", s => s is { State: HealthState.Down, Process: "breaker open" }, Cancellation);
        var (exit, output, error) = await agent.RunAsync(Cancellation, "status");
        Assert.Equal((1, ""), (exit, error));
        Assert.Contains("total 3, working 1 (degraded 0), failed 1, unknown 1", output, StringComparison.Ordinal);

        // What an operator stopped is not failed.
        Assert.Equal(0, (await agent.RunAsync(Cancellation, "stop", "bad")).Exit);
        Assert.Equal(0, (await agent.RunAsync(Cancellation, "disable", "starting")).Exit);
        Assert.Equal(0, (await agent.RunAsync(Cancellation, "status", "--all", "--strict")).Exit);
    }

    [Theory]
    [InlineData("there is no node 'nobody'; known: plain", "status", "nobody")]
    [InlineData("there is no node 'other.plain'", "status", "other.plain")]
    [InlineData("there is no node '../plain'", "status", "../plain")]
    [InlineData("there is no node 'nobody'", "restart", "nobody")]
    [InlineData("there is no node 'nobody'", "logs", "nobody")]
    [InlineData("there is no node 'nobody'", "events", "nobody")]
    [InlineData("either --all or one NODE", "status", "--all", "plain")]
    [InlineData("either --all or one NODE", "stop")]
    [InlineData("either --all or one NODE", "stop", "--all", "plain")]
    [InlineData("method", "status", "--method", "ping")]
    [InlineData("method", "status", "--method", "99")]
    [InlineData("--lines takes 1 to 100000", "logs", "plain", "-n", "0")]
    [InlineData("--lines takes 1 to 100000", "events", "-n", "100001")]
    [InlineData("lines", "logs", "plain", "-n", "many")]
    [InlineData("lines", "events", "-n", "99999999999")]
    [InlineData("nonsense", "nonsense")]
    public async Task Wrong_usage_ends_with_2_and_says_what_is_wrong(string complaint, params string[] arguments)
    {
        var (exit, output, error) = await fixture.Agent.RunAsync(Cancellation, arguments);

        Assert.True(exit == 2, $"exit {exit}: {output}{error}");
        Assert.Contains(complaint, error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Json_tells_the_same_of_a_node_with_an_agent_and_without_and_never_a_secret(bool withAgent)
    {
        const string Login = "operator:a-login-nobody-may-see";
        await using var agent = AgentUnderTest.Create("json");
        agent.Configure(new NodeUnderTest("plain") { Login = agent.WriteSecret("login", Login) });
        await agent.StartAsync(Cancellation);
        var pid = (await agent.UntilUpAsync("plain", Cancellation)).Pid;
        if (!withAgent)
        {
            await agent.KillAsync(Cancellation);
        }

        foreach (var method in new[] { "pid", "port", "api", "full" })
        {
            var (exit, output, error) = await agent.RunAsync(Cancellation, "status", "plain", "--json", "--method", method);
            var node = JsonNode.Parse(output)!;
            Assert.True(node["status"]!.GetValue<bool>(), $"{method}: {output}");
            Assert.Equal(pid, node["pid"]!.GetValue<int>());
            Assert.Equal("host.plain", node["id"]!.GetValue<string>());
            Assert.Equal(withAgent ? "" : $"monerocloud: no agent runs for {agent.ConfigFile}; checking from here", error.Trim());
            Assert.Equal(withAgent || method is "api" or "full" ? 0 : 3, exit);
            AssertNoSecret(output + error, "a-login-nobody-may-see");
        }

        var (all, report, _) = await agent.RunAsync(Cancellation, "status", "--all", "--json");
        var counts = JsonNode.Parse(report)!;
        Assert.Equal(0, all);
        Assert.Equal((1, 1, 0), (counts["total"]!.GetValue<int>(), counts["working"]!.GetValue<int>(), counts["failed"]!.GetValue<int>()));
        Assert.Equal(pid, counts["nodes"]![0]!["pid"]!.GetValue<int>());
        AssertNoSecret(report, "a-login-nobody-may-see");
    }

    [Fact]
    public async Task Without_an_agent_a_node_that_is_not_there_is_failed_and_orders_say_that_no_agent_runs()
    {
        await using var agent = AgentUnderTest.Create("alone", new NodeUnderTest("plain"));

        var (exit, output, error) = await agent.RunAsync(Cancellation, "status", "--all");

        Assert.Equal(1, exit);
        Assert.Contains("checking from here", error, StringComparison.Ordinal);
        Assert.Contains("Exited", output, StringComparison.Ordinal);
        Assert.Equal(2, (await agent.RunAsync(Cancellation, "status", "nobody")).Exit);
        foreach (var order in new[] { "start", "stop", "restart", "logs" })
        {
            var (refused, _, why) = await agent.RunAsync(Cancellation, order, "plain");
            Assert.Equal(1, refused);
            Assert.Contains("no agent runs", why, StringComparison.Ordinal);
        }
    }

    private static void AssertNoSecret(string text, string secret)
    {
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("password", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cmdline", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("--rpc-bind-port", text, StringComparison.Ordinal);
    }
}
