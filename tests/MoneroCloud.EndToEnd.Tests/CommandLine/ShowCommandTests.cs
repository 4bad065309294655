using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary><c>logs</c>, <c>events</c>, <c>config check</c> and <c>config schema</c>.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class ShowCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logs_shows_the_nodes_own_last_lines_and_events_what_happened()
    {
        await using var agent = AgentUnderTest.Create("logs");
        var talks = agent.WriteProgram("talks", "for n in $(seq 1 100); do echo line $n; done; echo no newline >&2; printf unfinished; exec sleep 1000");
        agent.Configure(new NodeUnderTest("talks") { Program = talks }, new NodeUnderTest("silent") { Program = agent.WriteProgram("silent", "exec sleep 1000") });
        await agent.StartAsync(Cancellation);
        await agent.UntilAsync(() => ProcessReader.Name(agent.ProcessesOf("talks").FirstOrDefault()) == "sleep", "it has talked", Cancellation);

        Assert.Equal((0, "line 99\nline 100\nno newline\n", ""), await agent.RunAsync(Cancellation, "logs", "talks", "-n", "3"));
        var (exit, output, _) = await agent.RunAsync(Cancellation, "logs", "host.talks");
        Assert.Equal((0, 50), (exit, output.TrimEnd().Split('\n').Length));
        Assert.Equal((0, "", ""), await agent.RunAsync(Cancellation, "logs", "silent"));

        Assert.Equal(1, await EventLinesAsync(agent, "events", "-n", "1"));
        var (code, events, _) = await agent.RunAsync(Cancellation, "events", "talks");
        Assert.Equal(0, code);
        Assert.Contains($"talks        started, pid {agent.ProcessesOf("talks").Single()}", events, StringComparison.Ordinal);
        Assert.DoesNotContain("silent", events, StringComparison.Ordinal);
        var (_, json, _) = await agent.RunAsync(Cancellation, "events", "--json");
        Assert.All(json.TrimEnd().Split('\n'), l => Assert.NotNull(JsonNode.Parse(l)!["at"]));
    }

    [Fact]
    public async Task Config_check_accepts_a_good_file_and_names_every_fault_of_a_bad_one_with_its_line()
    {
        await using var agent = AgentUnderTest.Create("check", new NodeUnderTest("plain"));

        var (good, said, _) = await agent.RunAsync(Cancellation, "config", "check");
        Assert.Equal(0, good);
        Assert.Contains("good; agent host, 1 nodes", said, StringComparison.Ordinal);

        agent.WriteConfig("{\n  \"agent\": \"Host\",\n  \"nodes\": [\n    { \"name\": \"plain\", \"kind\": \"walletRpc\", \"port\": 99999 }\n  ],\n  \"nonsense\": 1\n}\n");
        var (bad, _, error) = await agent.RunAsync(Cancellation, "config", "check");
        Assert.Equal(2, bad);
        Assert.Contains("agent.json:2", error, StringComparison.Ordinal);
        Assert.Contains("agent.json:4", error, StringComparison.Ordinal);
        Assert.Contains("nonsense", error, StringComparison.Ordinal);

        // The agent refuses it in the same words.
        var (refused, _, words) = await agent.RunAsync(Cancellation, "agent");
        Assert.Equal((2, error), (refused, words));
        File.Delete(agent.ConfigFile);
        var (missing, _, what) = await agent.RunAsync(Cancellation, "config", "check");
        Assert.Equal(2, missing);
        Assert.Contains(agent.ConfigFile, what, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_schema_prints_a_schema_that_names_the_sections()
    {
        await using var agent = AgentUnderTest.Create("schema", new NodeUnderTest("plain"));

        var (exit, output, error) = await agent.RunAsync(Cancellation, "config", "schema");

        Assert.Equal((0, ""), (exit, error));
        var properties = JsonNode.Parse(output)!["properties"]!.AsObject();
        Assert.All(new[] { "agent", "stateFolder", "nodes", "supervision", "diagnosis", "health", "checks" }, key => Assert.NotNull(properties[key]));
    }

    private static async Task<int> EventLinesAsync(AgentUnderTest agent, params string[] arguments) =>
        (await agent.RunAsync(Cancellation, arguments)).Out.TrimEnd().Split('\n').Length;
}
