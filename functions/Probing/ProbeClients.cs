using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One client a target, kept between ticks; its connection is closed after each answer, since wallets accept few from one address.</summary>
internal sealed class ProbeClients(TimeProvider time, TimeSpan deadline) : IDisposable
{
    private readonly ConcurrentDictionary<NodeId, (ProbeTarget Target, WalletRpcClient Client)> _clients = new();

    /// <summary>A daemon is asked for its chain too.</summary>
    public Task<ApiAnswer> AskAsync(ProbeTarget target, NodeKind kind, bool wallet, CancellationToken cancellation) => kind == NodeKind.Daemon
        ? Of(target).CheckDaemonAsync(cancellation)
        : Of(target).CheckAsync(wallet, cancellation);

    public void Dispose()
    {
        foreach (var (_, client) in _clients.Values)
        {
            client.Dispose();
        }

        _clients.Clear();
    }

    private WalletRpcClient Of(ProbeTarget target) => _clients.AddOrUpdate(
        target.Id,
        _ => (target, Make(target)),
        (_, known) => known.Target == target ? known : (target, Make(target))).Client;

    private WalletRpcClient Make(ProbeTarget target) =>
        new(new WalletRpcTarget { Address = target.Address, Login = target.Login, Trust = target.Trust, Deadline = deadline, KeepAlive = false }, time);
}
