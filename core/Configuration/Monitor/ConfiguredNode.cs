using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>A node of monitor.json: the monitor probes it at this address. Nothing of this ever comes from an agent.</summary>
internal abstract record ConfiguredNode
{
    private ConfiguredNode()
    {
    }

    public required NodeId Id { get; init; }

    /// <summary>http or https, host and port, and nothing else.</summary>
    public required Uri ProbeUrl { get; init; }

    public TlsTrust Tls { get; init; } = new TlsTrust.SystemRoots();

    /// <summary>Null where the RPC has no login.</summary>
    public LoginSecretName? LoginSecret { get; init; }

    /// <summary>A node without an agent, <c>remote.NAME</c>: all that is known of it stands here.</summary>
    public sealed record Remote : ConfiguredNode
    {
        public required NodeKind Kind { get; init; }

        /// <summary>A wallet must be open; only with <see cref="NodeKind.WalletRpc"/>.</summary>
        public bool Wallet { get; init; }

        public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

        /// <summary>False: kept and shown, not probed, counted or alerted.</summary>
        public bool Available { get; init; } = true;
    }

    /// <summary>A node of an agent, whose inventory tells the rest.</summary>
    public sealed record OfAgent : ConfiguredNode;
}
