using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// At which heights a daemon tells the hashes of its blocks, so that any two daemons find a block that both have told of. The two highest
/// multiples of 10, of 100 and of 1,000 that lie at least <see cref="Depth"/> blocks below the top: two chains whose lengths differ by less
/// than 1,000 blocks share one of them, near the shorter one's top where the difference is small. At most six, asked for only when the top
/// has changed. The uppermost blocks are never compared: two daemons that see a new block at different moments, or the short forks that
/// mining makes every day, are no forks to tell anybody of.
/// </summary>
internal static class ChainMarks
{
    /// <summary>Forks that are shorter than this heal by themselves.</summary>
    public const int Depth = 3;

    private static readonly ImmutableArray<long> Steps = [10, 100, 1_000];

    /// <summary>Highest first, without the first block, which all chains share.</summary>
    /// <param name="height">In blocks; the top block's own height is one less.</param>
    public static ImmutableArray<long> Heights(long height)
    {
        var deepest = height - 1 - Depth;
        return [.. Steps.Select(step => deepest - (deepest % step))
            .Zip(Steps, (mark, step) => (long[])[mark, mark - step])
            .SelectMany(marks => marks)
            .Where(mark => mark > 0)
            .Distinct()
            .OrderDescending()];
    }
}
