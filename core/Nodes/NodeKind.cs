namespace MoneroCloud.Core;

/// <summary>Which program a node runs. Its <c>get_version</c> tells: major 1 is a wallet-rpc, major 3 a daemon.</summary>
public enum NodeKind
{
    WalletRpc,
    Daemon,
}
