namespace MoneroCloud.Core;

/// <summary>Heights and hashes, as far as they are known; null is "not known", never 0.</summary>
public sealed record ChainSighting
{
    /// <summary>This node's height, in blocks.</summary>
    public long? Height { get; init; }

    /// <summary>For a wallet: the height of its daemon.</summary>
    public long? DaemonHeight { get; init; }

    /// <summary>The height rose since the sighting before.</summary>
    public bool Rising { get; init; }

    /// <summary>Age of the last block.</summary>
    public TimeSpan? LastBlockAge { get; init; }

    /// <summary>Incoming and outgoing peers; null when the RPC is restricted, which reports 0 whatever is true.</summary>
    public int? Peers { get; init; }

    /// <summary>Blocks behind the median of the other known daemons.</summary>
    public long? BehindMedian { get; init; }

    /// <summary>At the same height the majority of at least two other daemons has another hash.</summary>
    public bool HashDiffersFromMajority { get; init; }
}
