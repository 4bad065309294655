namespace MoneroCloud.Core;

/// <summary>How a daemon stands among the others of its chain.</summary>
/// <param name="Others">The daemons it was compared with; 0 says nothing.</param>
/// <param name="BehindMedian">Blocks below the median of their heights, 0 when it is not below; null without others.</param>
/// <param name="ForkedAt">The highest block that the majority has otherwise; null when there is none.</param>
public sealed record ChainComparison(int Others, long? BehindMedian, long? ForkedAt)
{
    public static ChainComparison None { get; } = new(0, null, null);

    /// <summary><paramref name="chain"/> with what the comparison says.</summary>
    public ChainSighting Onto(ChainSighting chain) => chain with
    {
        OtherDaemons = Others == 0 ? null : Others,
        BehindMedian = BehindMedian,
        HashDiffersFromMajority = ForkedAt is not null,
        ForkedAt = ForkedAt,
    };
}
