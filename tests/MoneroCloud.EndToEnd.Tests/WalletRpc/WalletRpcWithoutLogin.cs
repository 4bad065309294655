using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.WalletRpc;

/// <summary>One real wallet-rpc without a login, for a whole class of tests.</summary>
public sealed class WalletRpcWithoutLogin : IAsyncLifetime
{
    public RealWalletRpc Node { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Node = await RealWalletRpc.StartAsync();

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
