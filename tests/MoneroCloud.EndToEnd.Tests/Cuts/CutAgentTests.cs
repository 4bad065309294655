using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A real agent whose way to a real monitor is cut, or which is killed itself: nothing that happened meanwhile is missing, and nothing is there twice.</summary>
public sealed class CutAgentTests(ITestOutputHelper output)
{
    private const string Node = "plain";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task While_the_bus_is_cut_the_agent_supervises_and_tells_everything_afterwards_in_order() => CutAsync("cut", TimeSpan.FromSeconds(8), kills: 3);

    [Fact]
    [Trait("Tier", "soak")]
    public Task Half_a_minute_without_the_bus_is_told_afterwards() => CutAsync("long-cut", TimeSpan.FromSeconds(30), kills: 8);

    [Fact]
    public async Task Each_exit_is_in_the_history_once_though_the_agent_is_killed_again_and_again()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("killed-agent");
        await using var agent = AgentUnderTest.Create("killed-agent");
        Configure(agent);
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);
        var exits = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            // Before, at the same moment as, and after the agent, which is told of it by the kernel or finds out when it is back.
            var pid = (await agent.UntilAsync(Node, s => s.Pid is { } now && !exits.Contains(now), Cancellation)).Pid!.Value;
            exits.Add(pid);
            if (i % 2 == 0)
            {
                AgentUnderTest.Send(pid, Signals.Kill);
                await agent.KillAsync(Cancellation);
            }
            else
            {
                await agent.KillAsync(Cancellation);
                AgentUnderTest.Send(pid, Signals.Kill);
            }

            await agent.StartAsync(Cancellation);
        }

        var last = (await agent.UntilAsync(Node, s => s.Pid is { } now && !exits.Contains(now), Cancellation)).Pid!.Value;
        await monitor.UntilAsync($"api/nodes/host.{Node}", (_, node) => (int?)node["pid"] == last);
        var facts = Facts(await HistoryAsync(monitor));
        var told = facts.Where(f => (string?)f["kind"] == "exited").Select(f => (int)f["pid"]!).ToList();
        output.WriteLine($"{exits.Count} exits round {exits.Count} deaths of the agent: {string.Join(", ", facts.Select(f => $"{f["kind"]} {f["pid"]}"))}");
        Assert.Equal(exits, told);
    }

    private async Task CutAsync(string name, TimeSpan time, int kills)
    {
        var bus = FreePort.Next();
        await using var proxy = new PortProxy(bus);
        await using var monitor = await StandaloneMonitor.StartAsync(name, "MoneroCloud.Functions", config =>
        {
            config["bus"] = new JsonObject { ["listen"] = $"127.0.0.1:{bus}" };
            config["agentsBus"] = $"amqp://127.0.0.1:{proxy.Port}";
        });
        await using var agent = AgentUnderTest.Create(name);
        Configure(agent);
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);
        await monitor.UntilAsync($"api/nodes/host.{Node}", (status, node) => status == 200 && node["pid"] is not null);
        Assert.True(proxy.Passed > 0, "the agent does not go through the proxy");

        await proxy.CutAsync();
        var began = TimeProvider.System.GetTimestamp();
        var since = TimeProvider.System.GetUtcNow();
        var slowest = TimeSpan.Zero;
        for (var i = 1; i <= kills; i++)
        {
            slowest = Longer(slowest, await ReplacedAsync(agent));
            await UntilAsync(() => TimeProvider.System.GetElapsedTime(began) > time * i / kills);
        }

        var before = Facts(await HistoryAsync(monitor)).Count;
        proxy.Mend();
        var mended = TimeProvider.System.GetTimestamp();
        var events = (await agent.EventsAsync(Node, Cancellation)).Where(e => e.Fact is not null and not NodeFact.Observed).ToList();
        var history = await monitor.UntilAsync($"api/nodes/host.{Node}/history?limit=500", (_, body) => Times(body).Contains(events[^1].At), patience: time + TimeSpan.FromSeconds(12));
        var back = TimeProvider.System.GetElapsedTime(mended);

        // All that the agent wrote down, in its order and with its times; newest first.
        var told = Times(history).Where(at => at >= since).Reverse().ToList();
        var expected = events.Where(e => e.At >= since).Select(e => e.At).ToList();
        output.WriteLine($"{time.TotalSeconds} s without a bus: {kills} kills, replaced within {slowest.TotalMilliseconds:f0} ms; {before} facts known before, {expected.Count} told within {back.TotalSeconds:f1} s afterwards, in order");
        Assert.Equal(expected, told);
        Assert.Equal(kills, events.Count(e => e.At >= since && e.Fact is NodeFact.Exited));
        Assert.Equal(told.Order(), told);
    }

    /// <summary>Budgets so that each exit is soon followed by a start, however often. The program does not answer, so each start is a failed one.</summary>
    private static void Configure(AgentUnderTest agent)
    {
        var program = agent.WriteProgram("lasting", "exec sleep 1000");
        agent.Configure(
            config => config["supervision"] = new JsonObject { ["readyProof"] = "1s", ["backOffMin"] = "100ms", ["backOffMax"] = "1s", ["failedStarts"] = 50, ["exits"] = 100 },
            new NodeUnderTest(Node) { Program = program });
    }

    /// <summary>How long it took from the kill until another process was there.</summary>
    private static async Task<TimeSpan> ReplacedAsync(AgentUnderTest agent)
    {
        var old = agent.ProcessesOf(Node).Single();
        var killed = TimeProvider.System.GetTimestamp();
        AgentUnderTest.Send(old, Signals.Kill);
        await UntilAsync(() => agent.ProcessesOf(Node) is [var now] && now != old);
        return TimeProvider.System.GetElapsedTime(killed);
    }

    private static async Task<JsonNode> HistoryAsync(StandaloneMonitor monitor) => (await monitor.GetAsync($"api/nodes/host.{Node}/history?limit=500")).Body;

    /// <summary>Oldest first.</summary>
    private static List<JsonNode> Facts(JsonNode history) => [.. history["entries"]!.AsArray().Select(e => e!["fact"]).OfType<JsonNode>().Reverse()];

    private static List<DateTimeOffset> Times(JsonNode history) =>
        [.. history["entries"]!.AsArray().Where(e => e!["fact"] is not null).Select(e => (DateTimeOffset)e!["at"]!)];

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static async Task UntilAsync(Func<bool> wanted)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !wanted(); await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
        }
    }
}
