using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The rows that are a matter of time, with the budgets and the periods that everybody has.</summary>
[Trait("Tier", "soak")]
public sealed class RealTimeRowsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_in_a_deadlock_is_silent_until_the_default_budget_is_over_and_is_then_restarted()
    {
        var node = new NodeUnderTest("hung") { StopBudget = "5s" };
        await using var agent = AgentUnderTest.Create("deadlock");
        Directory.CreateDirectory(Path.Combine(agent.Folder, "wallets"));
        Fifo.Make(Path.Combine(agent.Folder, "wallets"), "trap.keys");
        agent.Configure(ByDefault, node);
        await agent.StartAsync(Cancellation);
        var before = await agent.UntilUpAsync("hung", Cancellation);

        _ = RowsAgent.AskAsync(node.Port, "open_wallet", """{"filename":"trap","password":"x"}""");
        await agent.UntilAsync("hung", s => s.Condition == Condition.Silent, Cancellation);
        await PassAsync(agent, "hung", TimeSpan.FromSeconds(90), s => s.Pid != before.Pid && s.Worked);

        var hung = (await agent.EventsAsync("hung", Cancellation)).First(e => e.Transition?.ToCondition == Condition.Hung).Transition!;
        Assert.Matches("^no answer for (6[0-9]|7[0-9]) s; the process is asleep, used no CPU", hung.Explanation);
    }

    [Theory]
    [InlineData("stopped")]
    [InlineData("slow")]
    public async Task Behind_a_daemon_that_is_stopped_or_slow_a_wallet_is_not_restarted_however_long_it_lasts(string daemon)
    {
        await using var agent = AgentUnderTest.Create("daemon");
        await using var real = await RealMonerod.StartAsync();
        await using var link = new SlowDaemonProxy(real.Port);
        await Wallets.MakeAsync(agent, "alice", Cancellation);
        var node = new NodeUnderTest("waits") { Daemon = $"127.0.0.1:{link.Port}", Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) };
        agent.Configure(ByDefault, node);
        await agent.StartAsync(Cancellation);
        var before = await agent.UntilUpAsync("waits", Cancellation);

        if (daemon == "stopped")
        {
            real.Program.Suspend();
        }
        else
        {
            link.Delay = TimeSpan.FromSeconds(2);
        }

        // The wallet gives up on its daemon after 210 s and asks it again 20 s later.
        var seen = await PassAsync(agent, "waits", TimeSpan.FromSeconds(270), _ => false);
        real.Program.Resume();

        Assert.Subset(new HashSet<Condition> { Condition.Healthy, Condition.Silent, Condition.Busy, Condition.WaitingForDaemon }, seen);

        // Behind a slow one it may be caught waiting, which it then does.
        Assert.True(daemon == "slow" || seen.Contains(Condition.WaitingForDaemon), string.Join(' ', seen));
        Assert.Equal([before.Pid!.Value], agent.ProcessesOf("waits"));
        Assert.DoesNotContain(await agent.EventsAsync("waits", Cancellation), e => e.Transition?.To == HealthState.Down || e.Fact is NodeFact.Stopping or NodeFact.Exited);
    }

    [Fact]
    public async Task A_sync_of_thousands_of_blocks_through_a_slow_daemon_is_never_down()
    {
        const int Blocks = 3000;
        await using var agent = AgentUnderTest.Create("sync");
        await using var real = await RealMonerod.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(agent.Folder, "wallets")).FullName;
        await using (var maker = await RealWalletRpc.StartAsync(new RealWalletRpcOptions { WalletFolder = folder, Daemon = $"127.0.0.1:{real.Port}" }))
        {
            await maker.CreateWalletAsync("alice", Wallets.Password);
            var address = (await maker.CallAsync("get_address")).GetProperty("address").GetString()!;
            await maker.CallAsync("close_wallet");
            for (var mined = 0; mined < Blocks; mined += 50)
            {
                await real.GenerateBlocksAsync(50, address);
            }
        }

        await using var link = new SlowDaemonProxy(real.Port) { Delay = TimeSpan.FromSeconds(0.5), BytesPerSecond = 40_000 };
        agent.Configure(ByDefault, new NodeUnderTest("syncs") { Daemon = $"127.0.0.1:{link.Port}", Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) });
        await agent.StartAsync(Cancellation);

        var seen = await PassAsync(agent, "syncs", TimeSpan.FromMinutes(10), s => s.Message.Contains($"at height {Blocks + 1}", StringComparison.Ordinal));

        TestContext.Current.TestOutputHelper?.WriteLine($"{Blocks} blocks, conditions seen: {string.Join(", ", seen)}");
        var events = await agent.EventsAsync("syncs", Cancellation);
        Assert.Single(events, e => e.Fact is NodeFact.Spawned);
        Assert.DoesNotContain(events.SkipWhile(e => e.Fact is not NodeFact.Answered), e => e.Transition?.To == HealthState.Down);
    }

    private static void ByDefault(JsonObject config)
    {
        config.Remove("checks");
        config.Remove("supervision");
    }

    /// <summary>Looks on for so long, or until it is as wanted.</summary>
    /// <returns>The conditions that were seen.</returns>
    private static async Task<HashSet<Condition>> PassAsync(AgentUnderTest agent, string node, TimeSpan time, Func<NodeStatus, bool> wanted)
    {
        var seen = new HashSet<Condition>();
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < time)
        {
            var status = await agent.StatusAsync(node, Cancellation);
            seen.Add(status.Condition);
            if (wanted(status))
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);
        }

        return seen;
    }
}
