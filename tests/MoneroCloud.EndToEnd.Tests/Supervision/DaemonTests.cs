using System.Text.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Real daemons under a real agent, and real wallets behind them.</summary>
public sealed class DaemonTests
{
    private const string Address = "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWDm";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>All are peers at first, then the third loses the others and mines alone: nothing it says itself is wrong.</summary>
    [Fact]
    public async Task Of_three_daemons_the_one_on_another_chain_is_forked()
    {
        var one = new NodeUnderTest("one") { IsDaemon = true, IsOnline = true };
        var two = new NodeUnderTest("two") { IsDaemon = true, IsOnline = true, Peer = one.PeerPort };
        await using var way = new PortProxy(one.PeerPort);
        var alone = new NodeUnderTest("alone") { IsDaemon = true, IsOnline = true, Peer = way.Port };
        await using var agent = AgentUnderTest.Create("fork", one, two, alone);
        await agent.StartAsync(Cancellation);
        foreach (var name in (string[])["one", "two", "alone"])
        {
            await agent.UntilUpAsync(name, Cancellation);
        }

        // A daemon mines and takes blocks only once it has met a peer.
        foreach (var daemon in (NodeUnderTest[])[one, two, alone])
        {
            await UntilSynchronizedAsync(daemon);
        }

        await way.CutAsync();
        await MineAsync(one, 14);
        await agent.UntilAsync("two", s => s.Message.Contains("at height 15", StringComparison.Ordinal), Cancellation);

        // Behind the two others until it has as many blocks as they have.
        var behind = await agent.UntilAsync("alone", s => s is { State: HealthState.Degraded, Condition: Condition.DaemonStalled }, Cancellation);
        Assert.Matches("it is [0-9]+ blocks behind the median of the 2 other daemons", behind.Message); // The second may have been seen on its way.
        await MineAsync(alone, 14);

        var forked = await agent.UntilAsync("alone", s => s is { State: HealthState.Down, Condition: Condition.DaemonForked }, Cancellation);
        Assert.Contains("on a fork: at height 10 its block has another hash than the majority of the 2 other daemons", forked.Message, StringComparison.Ordinal);
        foreach (var name in (string[])["one", "two"])
        {
            var right = await agent.StatusAsync(name, Cancellation);
            Assert.True(right is { State: HealthState.Up, Worked: true }, $"{name}: {right.Message}");
            Assert.DoesNotContain(await agent.EventsAsync(name, Cancellation), e => e.Transition is { ToCondition: Condition.DaemonForked });
        }

        Assert.Equal(0, (await agent.StatusAsync("alone", Cancellation)).Restarts);
    }

    /// <summary>
    /// What really happens: the daemon's exit is its own row at once, the wallet answers on and says that its daemon is gone, and nobody
    /// restarts the wallet.
    /// </summary>
    [Fact]
    public async Task A_daemon_killed_under_its_wallet_is_the_daemons_matter()
    {
        await using var agent = AgentUnderTest.Create("killed");
        await Wallets.MakeOnRegtestAsync(agent, "alice");
        var daemon = new NodeUnderTest("chain") { IsDaemon = true };
        var wallet = new NodeUnderTest("main") { Daemon = "chain", Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) };
        agent.Configure(config => config["supervision"] = new JsonObject { ["readyProof"] = "10m", ["backOffMin"] = "5m", ["backOffMax"] = "5m" }, daemon, wallet);
        await agent.StartAsync(Cancellation);
        await agent.UntilUpAsync("chain", Cancellation);
        var healthy = await UntilOpenAsync(agent);

        AgentUnderTest.Send((await agent.StatusAsync("chain", Cancellation)).Pid!.Value, Signals.Kill);

        var gone = await agent.UntilAsync("chain", s => s is { State: HealthState.Down, Condition: Condition.Exited }, Cancellation);
        Assert.Contains("signal 9", gone.Message, StringComparison.Ordinal);
        var left = await agent.UntilAsync("main", s => s.Message.Contains("but its daemon refuses connections", StringComparison.Ordinal), Cancellation);
        Assert.Equal((Condition.Healthy, healthy.Pid, 0), (left.Condition, left.Pid, left.Restarts));

        // And back: an operator's start ends the wait.
        await agent.OrderAsync(ControlVerb.Start, "chain", Cancellation);
        await agent.UntilUpAsync("chain", Cancellation);
        var again = await agent.UntilAsync("main", s => s.Worked && !s.Message.Contains("but its daemon", StringComparison.Ordinal), Cancellation);
        Assert.Equal((healthy.Pid, 0), (again.Pid, again.Restarts));
    }

    /// <summary>The daemon is no node of the agent, which asks its address by itself.</summary>
    [Fact]
    public async Task A_wallet_that_waits_for_a_daemon_of_which_only_the_address_is_known_says_so()
    {
        await using var daemon = await RealMonerod.StartAsync();
        await using var agent = AgentUnderTest.Create("address");
        await Wallets.MakeOnRegtestAsync(agent, "alice");
        var wallet = new NodeUnderTest("main") { Daemon = $"127.0.0.1:{daemon.Port}", Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) };
        agent.Configure(wallet);
        await agent.StartAsync(Cancellation);
        var healthy = await UntilOpenAsync(agent);

        daemon.Program.Suspend();
        var refresh = CallAsync(wallet, "refresh");
        var waiting = await agent.UntilAsync(
            "main",
            s => s.Condition == Condition.WaitingForDaemon && s.Message.Contains("for its daemon, which does not answer", StringComparison.Ordinal),
            Cancellation);
        Assert.Contains("restarting the wallet cures nothing", waiting.Message, StringComparison.Ordinal);
        Assert.Equal((healthy.Pid, 0), (waiting.Pid, waiting.Restarts));

        daemon.Program.Resume();
        await refresh;
        Assert.Equal(healthy.Pid, (await agent.UntilUpAsync("main", Cancellation)).Pid);
    }

    /// <summary>A wallet that was told not to look for blocks, beside a daemon that gets some.</summary>
    [Fact]
    [Trait("Tier", "soak")]
    public async Task A_wallet_that_does_not_follow_its_daemon_is_behind()
    {
        await using var agent = AgentUnderTest.Create("behind");
        await Wallets.MakeOnRegtestAsync(agent, "alice");
        var daemon = new NodeUnderTest("chain") { IsDaemon = true };
        var wallet = new NodeUnderTest("main") { Daemon = "chain", Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) };
        agent.Configure(daemon, wallet);
        await agent.StartAsync(Cancellation);
        await UntilOpenAsync(agent);
        await agent.UntilUpAsync("chain", Cancellation);
        await CallAsync(wallet, "auto_refresh", """{"enable":false}""");
        await MineAsync(daemon, 40);

        // Not before a minute: a wallet that looks for blocks every 20 s is behind now and then.
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(150);
        NodeStatus status;
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);
            status = await agent.StatusAsync("main", Cancellation);
        }
        while (status.State != HealthState.Degraded && TimeProvider.System.GetUtcNow() < deadline);

        Assert.Equal(Condition.WalletBehind, status.Condition);
        Assert.Contains("40 blocks behind its daemon, which stands at 41, and does not rise", status.Message, StringComparison.Ordinal);
        await CallAsync(wallet, "refresh");
        Assert.Contains("the wallet is open at height 41", (await agent.UntilUpAsync("main", Cancellation)).Message, StringComparison.Ordinal);
    }

    /// <summary>Opening a wallet takes three seconds of CPU, which may be many on a busy machine.</summary>
    private static Task<NodeStatus> UntilOpenAsync(AgentUnderTest agent) =>
        agent.UntilAsync("main", s => s is { State: HealthState.Up, Worked: true }, Cancellation, TimeSpan.FromSeconds(60));

    /// <summary>A few at a time: on a busy machine a block takes two seconds.</summary>
    private static async Task MineAsync(NodeUnderTest daemon, int blocks)
    {
        for (var left = blocks; left > 0; left -= 5)
        {
            await CallAsync(daemon, "generateblocks", $$"""{"amount_of_blocks":{{Math.Min(left, 5)}},"wallet_address":"{{Address}}"}""");
        }
    }

    private static async Task UntilSynchronizedAsync(NodeUnderTest daemon)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(20);
        while (!(await CallAsync(daemon, "get_info")).GetProperty("synchronized").GetBoolean())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"{daemon.Name} has met no peer within 20 s");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }

    private static Task<JsonElement> CallAsync(NodeUnderTest node, string method, string parameters = "{}") =>
        RawRpc.CallAsync(new Uri($"http://127.0.0.1:{node.Port}"), method, parameters);
}
