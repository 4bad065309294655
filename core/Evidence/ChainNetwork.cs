namespace MoneroCloud.Core;

/// <summary>Which of Monero's networks a daemon says it is on. Daemons of different networks are never compared.</summary>
public enum ChainNetwork
{
    Mainnet,
    Testnet,
    Stagenet,

    /// <summary>A chain of its owner's own (<c>--regtest</c>): its blocks come when they are ordered, so their age says nothing.</summary>
    Regtest,
}
