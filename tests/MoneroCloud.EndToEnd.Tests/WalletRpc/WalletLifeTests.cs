using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.WalletRpc;

/// <summary>A real wallet from "not open" to the end of its process.</summary>
public sealed class WalletLifeTests(NodeWithAClosedWallet fixture) : IClassFixture<NodeWithAClosedWallet>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_without_an_open_wallet_says_so_and_a_wrong_password_does_not_open_it()
    {
        using var client = new WalletRpcClient(fixture.Node.Target, TimeProvider.System);

        Assert.Equal(new WalletAnswer.NotOpen(), await WalletAsync(client));
        Assert.Equal(new RpcReply.Error(-13, "No wallet file"), await client.StoreAsync(Deadline, Cancellation));
        Assert.Equal(new RpcReply.Error(-13, "No wallet file"), await client.StopWalletAsync(Deadline, Cancellation));
        Assert.Equal(new RpcReply.Error(-1, "Failed to open wallet"), await OpenAsync(client, "wrong"));
        Assert.Equal(new WalletAnswer.NotOpen(), await WalletAsync(client));
    }

    [Fact]
    public async Task A_wallet_is_opened_stored_and_stopped_and_then_its_port_refuses()
    {
        using var client = new WalletRpcClient(fixture.Node.Target, TimeProvider.System);

        Assert.Equal(new RpcReply.Done(), await OpenAsync(client, NodeWithAClosedWallet.Password));
        var open = Assert.IsType<WalletAnswer.Open>(await WalletAsync(client));
        Assert.Equal(new HeightReply.Answered(open), await client.GetHeightAsync(Deadline, Cancellation));
        Assert.Equal(new RpcReply.Done(), await client.StoreAsync(Deadline, Cancellation));
        Assert.Equal(new RpcReply.Done(), await client.StopWalletAsync(Deadline, Cancellation));

        await fixture.Node.Program.WaitForExitAsync(Cancellation);
        Assert.Equal(new ApiAnswer.Refused(), await client.CheckAsync(walletDeclared: true, Cancellation));
        await fixture.Node.StartAgainAsync();
    }

    [Fact]
    public async Task A_client_with_a_kept_connection_sees_a_kill_as_refused_and_the_next_life_as_answering()
    {
        var node = fixture.Node;
        using var client = new WalletRpcClient(node.Target, TimeProvider.System);
        Assert.Equal(new WalletAnswer.NotOpen(), await WalletAsync(client));

        await node.Program.KillAsync();
        Assert.Equal(new ApiAnswer.Refused(), await client.CheckAsync(walletDeclared: true, Cancellation));

        await node.StartAgainAsync();
        Assert.Equal(new WalletAnswer.NotOpen(), await WalletAsync(client));

        await node.Program.KillAsync();
        await node.StartAgainAsync();
        Assert.Equal(new WalletAnswer.NotOpen(), await WalletAsync(client));
    }

    private static Task<RpcReply> OpenAsync(WalletRpcClient client, string password) =>
        client.OpenWalletAsync(NodeWithAClosedWallet.File, password, Deadline, Cancellation);

    private static async Task<WalletAnswer> WalletAsync(WalletRpcClient client) =>
        Assert.IsType<ApiAnswer.Answered>(await client.CheckAsync(walletDeclared: true, Cancellation)).Wallet;
}
