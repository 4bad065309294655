using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What an agent says of a node it declares: nothing that would aim the monitor at an address, and no secret.</summary>
public sealed record NodeInventory
{
    public required NodeName Name { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>The RPC port on the agent's host, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The RPC speaks TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>A wallet is declared and has to be open.</summary>
    public bool WalletDeclared { get; init; }

    public bool WalletFileMode { get; init; }

    /// <summary>The node of the same agent that is its daemon; null when it is another or unknown.</summary>
    public NodeName? Daemon { get; init; }

    public bool Available { get; init; }

    /// <summary>Who runs it.</summary>
    public NodeManage Manage { get; init; }

    /// <summary>An order can restart it. Settable, so that an agent from before this was told, which runs all its nodes itself, means yes.</summary>
    public bool Restartable { get; set; } = true;

    /// <summary>At most 16, as agent.json has them; null without.</summary>
    public ImmutableSortedDictionary<string, string>? Labels { get; init; }
}
