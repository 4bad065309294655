using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.WalletRpc;

/// <summary>A real wallet-rpc with one wallet in its folder, which is not open.</summary>
public sealed class NodeWithAClosedWallet : IAsyncLifetime
{
    public const string File = "main";

    /// <summary>Hard on quoting and encoding.</summary>
    public const string Password = "p+\"ä€";

    public RealWalletRpc Node { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await RealWalletRpc.StartAsync();
        await Node.CreateWalletAsync(File, Password);
        await Node.CallAsync("close_wallet");
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
