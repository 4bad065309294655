using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>What became of a commit. Unless <see cref="Committed"/>, nothing was stored.</summary>
internal abstract record CommitResult
{
    private CommitResult()
    {
    }

    /// <summary>All of it is stored, and survives the death of this program and a power loss.</summary>
    /// <param name="Versions">Of the rows that were written.</param>
    public sealed record Committed(ImmutableDictionary<RowKey, string> Versions) : CommitResult;

    /// <summary>
    /// A row had changed. It may have been by this very commit: a cloud store repeats what got no answer. So the caller reads again before
    /// it takes the race for lost.
    /// </summary>
    /// <param name="Key">One row that lost; null where the store did not name one.</param>
    public sealed record Lost(RowKey? Key) : CommitResult;

    /// <summary>Refused before anything was sent: <see cref="CommitBounds"/>.</summary>
    /// <param name="Key">The row that is too large, or with which the whole is.</param>
    /// <param name="Length">What there is, in characters.</param>
    /// <param name="Most">What is allowed.</param>
    public sealed record TooLarge(RowKey Key, int Length, int Most) : CommitResult;
}
