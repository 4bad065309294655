using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>How far one verdict carries its streak.</summary>
public abstract record Repeats
{
    private Repeats()
    {
    }

    /// <summary>One observation more.</summary>
    public static Repeats Once { get; } = new Next();

    /// <summary>No observation that was not counted before: it refreshes, and counts for nothing.</summary>
    public static Repeats None { get; } = new Nothing();

    /// <summary>The observer itself counted them, as its own <see cref="HealthMachine"/> does.</summary>
    /// <param name="count">At least 1.</param>
    /// <param name="times">When the first of them were made; empty where that is not known.</param>
    public static Repeats InARow(int count, ImmutableArray<DateTimeOffset> times) => new Row(count, times);

    public sealed record Nothing : Repeats;

    public sealed record Next : Repeats;

    public sealed record Row(int Count, ImmutableArray<DateTimeOffset> Times) : Repeats
    {
        /// <summary>When the <paramref name="nth"/> was made, from 1; null when that is not known.</summary>
        public DateTimeOffset? When(int nth) => nth >= 1 && nth <= Times.Length ? Times[nth - 1] : null;
    }
}
