using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A real wallet that is frozen whenever it is continued, its agent and its monitor: who restarts it, and who does when the monitor is gone.</summary>
public sealed class WhoActsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_monitor_orders_the_restart_of_a_frozen_wallet_and_its_agent_acts_alone_when_the_monitor_is_gone()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("who-acts", "MoneroCloud.Functions", config =>
        {
            config["periods"] = new JsonObject { ["report"] = "1s" };
            config["diagnosis"] = new JsonObject { ["stoppedBudget"] = "1s" };
            config["restarts"] = new JsonObject { ["window"] = "10s", ["backOff"] = "1s" };
        });
        await using var agent = AgentUnderTest.Create("who-acts-agent");
        var node = new NodeUnderTest("frozen") { StopBudget = "10s" };
        Configure(agent, node, "5m");
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);
        var first = (int)(await monitor.UntilUpAsync("host.frozen"))["pid"]!;
        Assert.Contains("by order of the monitor", (await agent.RunAsync(Cancellation, "status", "--all")).Out, StringComparison.Ordinal);

        var second = await FreezeUntilAsync(first, () => monitor.Output.Any(l => l.Contains("is ordered automatically for Stopped", StringComparison.Ordinal)), monitor, agent);
        await TheMonitorsOrderIsToldAsync(monitor, agent, first, second);

        await monitor.EndAsync(Signals.Kill);
        Configure(agent, node, "1s");
        Assert.Equal(0, (await agent.OrderAsync(ControlVerb.Reload, null, Cancellation)).Exit);
        await AloneAsync(agent);
        await FreezeUntilAsync(second, () => agent.Output.Contains("restarted by the agent", StringComparison.Ordinal), null, agent);
        var placed = (await agent.EventsAsync("frozen", Cancellation)).Count(e => e.Fact is NodeFact.OrderTaken);
        Assert.Equal(1, placed);
    }

    /// <returns>The pid of the life that took its place.</returns>
    private static async Task<int> FreezeUntilAsync(int pid, Func<bool> restarted, StandaloneMonitor? monitor, AgentUnderTest agent)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var stopper = StopAgainAsync(pid, over.Token);
        await agent.UntilAsync(restarted, "the restart is ordered", Cancellation);
        await over.CancelAsync();
        await stopper;
        var after = await agent.UntilAsync("frozen", s => s.Worked && s.Pid != pid, Cancellation);
        if (monitor is not null)
        {
            await monitor.UntilAsync("api/nodes/host.frozen", (_, node) => (int?)node["pid"] == after.Pid && (string?)node["state"] == "Up");
        }

        return after.Pid!.Value;
    }

    private static async Task TheMonitorsOrderIsToldAsync(StandaloneMonitor monitor, AgentUnderTest agent, int first, int second)
    {
        var list = await monitor.UntilAsync("api/nodes/host.frozen/orders", (_, body) => body["orders"]!.AsArray() is [{ } only] && (string?)only["state"] == "Ended");
        var order = list["orders"]![0]!;
        Assert.Equal(("Stopped", "Done", first, second), ((string?)order["automatic"]!["condition"], (string?)order["outcome"]!["result"], (int)order["outcome"]!["before"]!["pid"]!, (int)order["outcome"]!["after"]!["pid"]!));
        var id = (string)order["id"]!;
        var alerts = await monitor.UntilAsync("api/alerts?subject=host.frozen", (_, _) => monitor.Output.Count(l => l.Contains("ALERT", StringComparison.Ordinal)) >= 2);
        Assert.Contains($"restarted by the monitor's order {id}", alerts.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        var (exit, shown, error) = await agent.RunAsync(Cancellation, "orders", "frozen", "--monitor", monitor.Url.ToString(), "--key-file", monitor.ViewerKeyFile);
        Assert.True(exit == 0, error);
        Assert.Contains($"{id}  restart, ordered automatically (Stopped:", shown, StringComparison.Ordinal);
        var (_, history, _) = await agent.RunAsync(Cancellation, "history", "frozen", "--monitor", monitor.Url.ToString(), "--key-file", monitor.ViewerKeyFile);
        Assert.Contains($"order {id}: restart, placed automatically for Stopped", history, StringComparison.Ordinal);
        Assert.Contains($"order {id}: Done", history, StringComparison.Ordinal);
        Assert.DoesNotContain("restarted by the agent", agent.Output, StringComparison.Ordinal);
    }

    private static void Configure(AgentUnderTest agent, NodeUnderTest node, string actAloneAfter) => agent.Configure(
        config =>
        {
            config["diagnosis"] = new JsonObject { ["stoppedBudget"] = "1s", ["startGrace"] = "1s" };
            config["monitor"] = new JsonObject { ["actAloneAfter"] = actAloneAfter };
        },
        node);

    private static async Task AloneAsync(AgentUnderTest agent)
    {
        var actor = RemedyActor.Monitor;
        for (var tries = 0; actor == RemedyActor.Monitor; tries++)
        {
            Assert.True(tries < 100, agent.Output);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancellation);
            await agent.AskAsync(new ControlRequest { Verb = ControlVerb.Check }, r => actor = (r as ControlReply.MonitorLine)?.Monitor.Restarts ?? actor, Cancellation);
        }
    }

    private static async Task StopAgainAsync(int pid, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            AgentUnderTest.Send(pid, Signals.Stop);
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellation));
        }
    }
}
