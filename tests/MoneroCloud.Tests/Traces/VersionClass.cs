namespace MoneroCloud.Tests;

/// <summary>
/// How wallet-rpc behaves while it syncs. Only the first was run and recorded (0.18.0.0); the other two are what Monero's source says, so what is
/// shown of them is shown under that assumption.
/// </summary>
public enum VersionClass
{
    /// <summary>Up to 0.18.2: one refresh over all blocks, deaf until it is done.</summary>
    Unchunked,

    /// <summary>0.18.3.0 to 0.18.4.0: chunks of 256 blocks, between which the RPC may starve for the whole sync (monero PR 9875).</summary>
    ChunkedStarving,

    /// <summary>From 0.18.4.1: deaf for up to one period of 20 s, then windows of 200 to 300 ms between chunks.</summary>
    ChunkedWithWindows,
}
