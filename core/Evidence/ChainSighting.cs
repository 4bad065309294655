namespace MoneroCloud.Core;

/// <summary>Heights and hashes, as far as they are known; null is "not known", never 0.</summary>
public sealed record ChainSighting
{
    /// <summary>This node's height, in blocks.</summary>
    public long? Height { get; init; }

    /// <summary>For a wallet: the height of its daemon.</summary>
    public long? DaemonHeight { get; init; }

    /// <summary>The height rose, or was seen for the first time, within the last minute: a wallet looks for blocks every 20 s only.</summary>
    public bool Rising { get; init; }

    /// <summary>Age of the last block; null also where it means nothing, on a chain that nobody else extends (regtest, <c>--offline</c>).</summary>
    public TimeSpan? LastBlockAge { get; init; }

    /// <summary>
    /// Incoming and outgoing peers; null when the RPC is restricted, which reports 0 whatever is true, and where none are expected (regtest,
    /// <c>--offline</c>).
    /// </summary>
    public int? Peers { get; init; }

    /// <summary>Blocks behind the median of the other known daemons.</summary>
    public long? BehindMedian { get; init; }

    /// <summary>At the same height the majority of at least two other daemons has another hash.</summary>
    public bool HashDiffersFromMajority { get; init; }

    /// <summary>The highest compared block at which it differs; null when it does not, or nobody compared.</summary>
    public long? ForkedAt { get; init; }

    /// <summary>How many other daemons it was compared with; null when there was none.</summary>
    public int? OtherDaemons { get; init; }

    /// <summary>The height it syncs to by its own word; null when it believes to be there.</summary>
    public long? SyncsTo { get; init; }
}
