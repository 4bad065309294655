using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Where the monitor reaches a node's RPC. From the monitor's own configuration only: never from an agent.</summary>
internal sealed record ProbeTarget
{
    public required NodeId Id { get; init; }

    /// <summary>Scheme, host and port; nothing else.</summary>
    public required Uri Address { get; init; }

    public TlsTrust Trust { get; init; } = new TlsTrust.SystemRoots();

    public RpcLogin? Login { get; init; }

    /// <summary>Of a remote node; null for a node that its agent declares.</summary>
    public NodeKind? Kind { get; init; }

    /// <summary>Of a remote node.</summary>
    public bool WalletDeclared { get; init; }

    /// <summary>Of a remote node.</summary>
    public bool Available { get; init; } = true;

    /// <summary>Of a remote node.</summary>
    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    public Uri JsonRpc() => new(Address, "/json_rpc");
}
