using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Every key of a standalone monitor and its agent replaced while both run: nothing is refused, nothing is lost, no agent is visited.</summary>
public sealed class KeyRotationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_of_agent_monitor_and_operator_are_replaced_without_a_gap()
    {
        await using var monitor = await StandaloneMonitor.StartAsync("rotation");
        await using var agent = AgentUnderTest.Create("rotation-agent");
        agent.Configure(config => config["monitor"] = new System.Text.Json.Nodes.JsonObject { ["reportPeriod"] = "1s" }, new NodeUnderTest("plain"));
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);
        await monitor.UntilUpAsync("host.plain");
        var first = await KeyAsync(monitor);

        // The agent's own.
        await CommandAsync(agent, monitor, monitor.OperatorKeyFile, "agents", "rotate");
        await monitor.UntilAsync("api/agents/host", (_, body) => body["keys"]!.AsArray().Count == 2 && (string)body["keys"]![1]! == first);
        await HeardAsync(monitor);

        // The monitor's: the agent learns the next one before that one signs.
        var keys = Path.GetDirectoryName(monitor.OperatorKeyFile)!;
        using (var next = SigningKey.Create())
        {
            await WriteAsync(Path.Combine(keys, "signing.other.pem"), next.ExportPem());
        }

        await AgainAsync(monitor);
        await monitor.UntilAsync("api/agents/host", (_, body) => (bool?)body["trusts_all_keys"] == true);
        var (signing, other) = (Path.Combine(keys, "signing.pem"), Path.Combine(keys, "signing.other.pem"));
        File.Move(signing, signing + ".swap");
        File.Move(other, signing);
        File.Move(signing + ".swap", other);

        // The operator's, by the same restart.
        var oldKey = Path.Combine(keys, "operator.old.key");
        File.Move(monitor.OperatorKeyFile, oldKey);
        await AgainAsync(monitor);
        await HeardAsync(monitor);
        await CommandAsync(agent, monitor, oldKey, "restart", "plain");
        await CommandAsync(agent, monitor, monitor.OperatorKeyFile, "restart", "plain");

        // And without the old ones.
        File.Delete(other);
        File.Delete(oldKey);
        await AgainAsync(monitor);
        await HeardAsync(monitor);
        await CommandAsync(agent, monitor, monitor.OperatorKeyFile, "restart", "plain");
        Assert.Empty((await monitor.GetAsync("api/refusals")).Body["refusals"]!.AsArray());
    }

    private static async Task<string> KeyAsync(StandaloneMonitor monitor) => (string)(await monitor.GetAsync("api/agents/host")).Body["keys"]![0]!;

    private static async Task AgainAsync(StandaloneMonitor monitor)
    {
        Assert.Equal(0, await monitor.EndAsync(Signals.Terminate));
        await monitor.StartAgainAsync();
    }

    /// <summary>A report that was made after this moment is taken.</summary>
    private static async Task HeardAsync(StandaloneMonitor monitor)
    {
        var now = TimeProvider.System.GetUtcNow();
        await monitor.UntilAsync("api/agents/host", (_, body) => (DateTimeOffset?)body["reported_at"] > now);
    }

    private static async Task CommandAsync(AgentUnderTest agent, StandaloneMonitor monitor, string key, params string[] command)
    {
        var (exit, said, error) = await agent.RunAsync(Cancellation, [.. command, "--monitor", monitor.Url.ToString(), "--key-file", key]);
        Assert.True(exit == 0, said + error + agent.Output);
    }

    private static async Task WriteAsync(string file, string text)
    {
        await File.WriteAllTextAsync(file, text, Cancellation);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
