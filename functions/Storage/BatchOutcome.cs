using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>What became of each of many changes.</summary>
internal sealed record BatchOutcome
{
    /// <summary>Stored.</summary>
    public required ImmutableArray<RowKey> Written { get; init; }

    /// <summary>Versions of the rows that were written; a removed row has none.</summary>
    public required ImmutableDictionary<RowKey, string> Versions { get; init; }

    /// <summary>Lost <see cref="BatchWriter.MaxRaces"/> races: not stored.</summary>
    public required ImmutableArray<RowKey> Lost { get; init; }

    /// <summary>No longer to be written, as the caller found when it read again.</summary>
    public required ImmutableArray<RowKey> Dropped { get; init; }

    /// <summary>Over <see cref="Row.MaxText"/>: not stored.</summary>
    public required ImmutableArray<RowKey> TooLarge { get; init; }
}
