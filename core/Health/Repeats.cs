using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>How many new observations one verdict stands for.</summary>
/// <param name="Count">At least 1.</param>
/// <param name="Times">When the first of the new ones were made, as far as that is known.</param>
public sealed record Repeats(int Count, ImmutableArray<DateTimeOffset> Times)
{
    public static Repeats Once { get; } = new(1, []);

    /// <summary>The observations of a row that were not counted yet.</summary>
    /// <param name="row">As the observer tells it.</param>
    /// <param name="counted">How many of them were judged before; fewer than the row has.</param>
    public static Repeats Of(VerdictRow row, int counted)
    {
        var known = Math.Clamp(counted, 0, row.Count - 1);
        return new Repeats(row.Count - known, row.First.Length > known ? [.. row.First.Skip(known)] : []);
    }

    /// <summary>When the <paramref name="nth"/> of the new observations was made, from 1; null when that is not known.</summary>
    public DateTimeOffset? When(int nth) => nth >= 1 && nth <= Times.Length ? Times[nth - 1] : null;

    public DateTimeOffset FirstOr(DateTimeOffset at) => Times is [var first, ..] ? first : at;
}
