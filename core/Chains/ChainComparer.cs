namespace MoneroCloud.Core;

/// <summary>
/// Compares a daemon with the others that are known of its chain. Height: against the median of the others (of an even number the lower of
/// the two in the middle, in favour of the accused). Fork: at a block of which both have told (<see cref="ChainMarks"/>), from the highest
/// down, the daemon is on a fork when one other hash is held by at least two others, by more than half of the others that have told of that
/// block, and by more daemons than its own hash, itself included. So with two against two nobody is accused, and one daemon alone never
/// accuses. A block that too few have told of says nothing, and the next lower one is looked at. Pure.
/// </summary>
public static class ChainComparer
{
    /// <summary>So many others must hold the same hash.</summary>
    public const int Quorum = 2;

    /// <param name="own">The daemon that is judged.</param>
    /// <param name="others">Without it; those of other chains, and older ones than <paramref name="limit"/>, do not count.</param>
    /// <param name="limit">Two report periods.</param>
    public static ChainComparison Compare(ChainPosition own, IEnumerable<ChainWitness> others, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(others);
        var heard = others.Where(w => w.Age <= limit && w.Position.Chain == own.Chain).Select(w => w.Position).ToList();
        if (heard.Count == 0)
        {
            return ChainComparison.None;
        }

        var heights = heard.Select(p => p.Height).Order().ToList();
        var behind = Math.Max(0, heights[(heights.Count - 1) / 2] - own.Height);
        return new ChainComparison(heard.Count, behind, ForkedAt(own, heard));
    }

    private static long? ForkedAt(ChainPosition own, List<ChainPosition> others)
    {
        foreach (var mark in own.Marks.OrderByDescending(m => m.Height))
        {
            var votes = others.Select(o => HashAt(o, mark.Height)).OfType<string>().ToList();
            if (votes.Count >= Quorum)
            {
                return IsOutvoted(mark.Hash, votes) ? mark.Height : null;
            }
        }

        return null;
    }

    private static bool IsOutvoted(string own, List<string> votes)
    {
        var most = votes.GroupBy(hash => hash, StringComparer.Ordinal).MaxBy(votes => votes.Count())!;
        var (against, with) = (most.Count(), votes.Count(hash => hash == own) + 1);
        return most.Key != own && against >= Quorum && against * 2 > votes.Count && against > with;
    }

    private static string? HashAt(ChainPosition position, long height)
    {
        foreach (var mark in position.Marks)
        {
            if (mark.Height == height)
            {
                return mark.Hash;
            }
        }

        return null;
    }
}
