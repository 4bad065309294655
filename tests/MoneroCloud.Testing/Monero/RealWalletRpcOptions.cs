namespace MoneroCloud.Testing;

/// <summary>How a test wants its monero-wallet-rpc.</summary>
public sealed record RealWalletRpcOptions
{
    /// <summary>The RPC login, given in the environment; null for none.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The daemon's <c>host:port</c>; null for <c>--offline</c>.</summary>
    public string? Daemon { get; init; }

    /// <summary>The wallet folder; a new one by default.</summary>
    public string WalletFolder { get; init; } = TestRun.NewFolder("wallets");

    /// <summary>Its port; a free one by default.</summary>
    public int Port { get; init; } = FreePort.Next();

    /// <summary>Speak TLS, with a certificate that signs itself.</summary>
    public bool Tls { get; init; }
}
