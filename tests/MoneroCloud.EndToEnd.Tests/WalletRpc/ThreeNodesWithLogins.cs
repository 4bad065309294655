using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.WalletRpc;

/// <summary>Three real wallet-rpcs with logins that are hard on quoting and encoding.</summary>
public sealed class ThreeNodesWithLogins : IAsyncLifetime
{
    private static readonly (string User, string Password)[] Logins = [("monitor", "secret"), ("a-user_2", "p:w\"ä€\\ x"), ("x", "y")];

    public IReadOnlyList<RealWalletRpc> Nodes { get; private set; } = [];

    public async ValueTask InitializeAsync() => Nodes = await Task.WhenAll(Logins.Select(login =>
        RealWalletRpc.StartAsync(new RealWalletRpcOptions { User = login.User, Password = login.Password })));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }
    }
}
