using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// Observations in a row as an observer's own <see cref="HealthMachine"/> counts them: those that led it where it stands, or that speak
/// against it. With it another machine comes to the same state at the same time, however many of them it never saw.
/// </summary>
/// <param name="Condition">What the observer made of the last of them that spoke for a state.</param>
/// <param name="Count">At least 1.</param>
/// <param name="First">When the first of them were made, at most <see cref="Kept"/>: a change that is learned late still gets its exact time.</param>
public sealed record VerdictRow(Condition Condition, int Count, ImmutableArray<DateTimeOffset> First)
{
    /// <summary>So many times are kept: as many as a streak can be long.</summary>
    public const int Kept = 10;

    /// <summary>Whether it can have been counted by anybody.</summary>
    public bool IsSound() => Count >= 1 && !First.IsDefault && First.Length >= 1 && First.Length <= Math.Min(Count, Kept);

    public static VerdictRow Begin(Condition condition, DateTimeOffset at) => new(condition, 1, [at]);

    /// <summary>The row after one observation more. What says nothing about the state (silence, doubt) neither breaks nor lengthens it.</summary>
    /// <param name="row">Before it; null before the first observation, and after an event that changed the health by itself.</param>
    /// <param name="health">The observer's own, before it took this observation in.</param>
    public static VerdictRow After(VerdictRow? row, Health health, Diagnosis diagnosis, DateTimeOffset at)
    {
        if (row is null)
        {
            return Begin(diagnosis.Condition, at);
        }

        if (diagnosis.State is not { } toward)
        {
            return row;
        }

        var stays = (toward, diagnosis.Condition) == (health.State, health.Condition) && row.Condition == diagnosis.Condition && health.Streak is null;
        return stays || HealthMachine.Continues(health, toward, diagnosis.Condition) ? row.Next(at) with { Condition = diagnosis.Condition } : Begin(diagnosis.Condition, at);
    }

    public VerdictRow Next(DateTimeOffset at) => new(Condition, Count < int.MaxValue ? Count + 1 : Count, First.Length < Kept ? First.Add(at) : First);

    public bool Equals(VerdictRow? other) => other is not null && Condition == other.Condition && Count == other.Count && First.AsSpan().SequenceEqual(other.First.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Condition, Count, First.Length);
}
