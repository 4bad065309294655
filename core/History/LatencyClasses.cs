using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// How long answers took, as counts in fixed classes: sums over hours, nodes and versions of this program rest on the same bounds for ever. Of
/// these counts a share's bound is read by interpolation within its class.
/// </summary>
public static class LatencyClasses
{
    /// <summary>Upper bounds, inclusive, in milliseconds; one class more has all that took longer.</summary>
    public static ImmutableArray<double> BoundsMs { get; } = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

    /// <summary>The class of a latency, from 0.</summary>
    public static int Of(long microseconds)
    {
        var i = 0;
        while (i < BoundsMs.Length && microseconds > BoundsMs[i] * 1_000)
        {
            i++;
        }

        return i;
    }

    /// <summary>One more in a class; counts are kept without trailing zeros.</summary>
    internal static ImmutableArray<long> Add(ImmutableArray<long> counts, int index)
    {
        var next = ImmutableArray.CreateBuilder<long>(Math.Max(counts.Length, index + 1));
        next.AddRange(counts);
        while (next.Count <= index)
        {
            next.Add(0);
        }

        next[index]++;
        return next.MoveToImmutable();
    }

    internal static ImmutableArray<long> Plus(ImmutableArray<long> one, ImmutableArray<long> other)
    {
        var (longer, shorter) = one.Length >= other.Length ? (one, other) : (other, one);
        return shorter.IsEmpty ? longer : [.. longer.Select((n, i) => i < shorter.Length ? n + shorter[i] : n)];
    }

    /// <summary>How many took at most so long, a class; the last is all of them.</summary>
    public static ImmutableArray<long> Cumulative(ImmutableArray<long> counts)
    {
        var sum = 0L;
        return [.. Enumerable.Range(0, BoundsMs.Length + 1).Select(i => sum += i < counts.Length ? counts[i] : 0)];
    }

    /// <summary>Below which so large a share of the latencies lies, in milliseconds; between the least and the greatest there was. Null without any.</summary>
    /// <param name="share">0 to 1.</param>
    internal static double? QuantileMs(ImmutableArray<long> counts, double share, double leastMs, double greatestMs)
    {
        var total = counts.Sum();
        if (total == 0)
        {
            return null;
        }

        var (wanted, before) = (share * total, 0L);
        for (var i = 0; i < counts.Length; before += counts[i], i++)
        {
            if (before + counts[i] >= wanted && counts[i] > 0)
            {
                var from = Math.Max(leastMs, i == 0 ? 0 : BoundsMs[i - 1]);
                var to = Math.Min(greatestMs, i < BoundsMs.Length ? BoundsMs[i] : greatestMs);
                return Math.Clamp(from + ((to - from) * Math.Max(0, wanted - before) / counts[i]), leastMs, greatestMs);
            }
        }

        return greatestMs;
    }
}
