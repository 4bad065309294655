namespace MoneroCloud.Bench;

/// <summary>What the supervisors run.</summary>
internal enum ChildKind
{
    /// <summary>peers/child.c: up within a millisecond, stamps the moment at which it runs.</summary>
    StandIn,

    /// <summary>A real monero-wallet-rpc without a wallet.</summary>
    Wallet,
}
