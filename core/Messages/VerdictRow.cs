using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Observations in a row that speak for the same condition.</summary>
/// <param name="Condition">What the agent itself made of them.</param>
/// <param name="Count">At least 1.</param>
/// <param name="First">When the first of them were made, at most <see cref="Kept"/>: a change that is learned late still gets its exact time.</param>
public sealed record VerdictRow(Condition Condition, int Count, ImmutableArray<DateTimeOffset> First)
{
    /// <summary>So many times are kept.</summary>
    public const int Kept = 5;

    public static VerdictRow Begin(Condition condition, DateTimeOffset at) => new(condition, 1, [at]);

    public VerdictRow Next(DateTimeOffset at) => new(Condition, Count + 1, First.Length < Kept ? First.Add(at) : First);

    public bool Equals(VerdictRow? other) => other is not null && Condition == other.Condition && Count == other.Count && First.AsSpan().SequenceEqual(other.First.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Condition, Count, First.Length);
}
