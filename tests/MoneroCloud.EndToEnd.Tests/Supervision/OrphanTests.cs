using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A process that nobody declared has the declared wallet open.</summary>
[Trait("RunsAs", "NonRoot")]
public sealed class OrphanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_undeclared_wallet_rpc_that_holds_the_wallet_is_named_and_once_it_is_gone_the_wallet_is_opened()
    {
        await using var agent = AgentUnderTest.Create("orphan");
        await Wallets.MakeAsync(agent, "alice", Cancellation);
        var orphan = await RealWalletRpc.StartAsync(new RealWalletRpcOptions { WalletFolder = Path.Combine(agent.Folder, "wallets") });
        await using var ending = orphan;
        await orphan.CallAsync("open_wallet", $"{{\"filename\":\"alice\",\"password\":\"{Wallets.Password}\"}}");
        agent.Configure(new NodeUnderTest("main") { Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)) });
        await agent.StartAsync(Cancellation);

        var seen = await agent.UntilAsync("main", s => s.Condition == Condition.Orphan && s.Pid is not null, Cancellation);

        Assert.Equal((HealthState.Down, false), (seen.State, seen.Worked));
        Assert.Contains($"{orphan.Program.ProcessId}", seen.Message, StringComparison.Ordinal);
        Assert.Contains("monero-wallet-r", seen.Message, StringComparison.Ordinal);
        Assert.True(AgentUnderTest.IsAlive(orphan.Program.ProcessId));

        await orphan.Program.KillAsync();
        var up = await agent.UntilUpAsync("main", Cancellation);
        Assert.Equal(seen.Pid, up.Pid);
        Assert.Contains(await agent.EventsAsync("main", Cancellation), e => e.Fact is NodeFact.WalletOpened);
    }
}
