namespace MoneroCloud.Functions;

/// <summary>What fits into one commit, in every store alike.</summary>
internal static class CommitBounds
{
    /// <summary>Azure's bound of a transaction.</summary>
    public const int MaxRows = 100;

    /// <summary>All texts of a commit together, in characters: Azure takes 4 MiB, and a character in JSON may take six bytes.</summary>
    public const int MaxText = 600_000;

    /// <summary>The earliest time that Azure stores.</summary>
    private static readonly DateTimeOffset FirstDue = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null when they fit.</summary>
    /// <exception cref="ArgumentException">They are no commit: none or too many, of several shards, two of one key, a version is missing.</exception>
    public static CommitResult.TooLarge? Check(IReadOnlyList<RowChange> changes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(changes.Count, nameof(changes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(changes.Count, MaxRows, nameof(changes));
        var keys = new HashSet<RowKey>(changes.Count);
        var total = 0;
        foreach (var change in changes)
        {
            CheckOne(change, changes[0].Key.Shard, keys);
            total += Length(change);
            if (TooLarge(change, total) is { } tooLarge)
            {
                return tooLarge;
            }
        }

        return null;
    }

    /// <summary>What a change adds to the whole, in characters.</summary>
    public static int Length(RowChange change) => change.Written is { } row ? row.Doc.Length + (row.WorkedData?.Length ?? 0) : 0;

    private static void CheckOne(RowChange change, Shard shard, HashSet<RowKey> keys)
    {
        if (change.Key.Key is null || change.Key.Shard != shard || !keys.Add(change.Key))
        {
            throw new ArgumentException($"changes of one commit are of one shard, each of another key; {change.Key} is not", nameof(change));
        }

        if (change is RowChange.Replace { Row.Version: null })
        {
            throw new ArgumentException($"{change.Key} is to be replaced, but has no version", nameof(change));
        }

        if (change is RowChange.Merge { Parts: var parts } && (parts.IsEmpty || !parts.Keys.All(RowParts.IsName)))
        {
            throw new ArgumentException($"{change.Key} is to get parts, but has none, or one whose name is none: {string.Join(", ", parts.Keys)}", nameof(change));
        }

        if (change.Written?.Due < FirstDue)
        {
            throw new ArgumentException($"{change.Key} is due at {change.Written.Due:O}, before 1601", nameof(change));
        }
    }

    private static CommitResult.TooLarge? TooLarge(RowChange change, int total)
    {
        var longest = Math.Max(change.Written?.Doc.Length ?? 0, change.Written?.WorkedData?.Length ?? 0);
        return longest > Row.MaxText ? new(change.Key, longest, Row.MaxText)
            : total > MaxText ? new(change.Key, total, MaxText)
            : null;
    }
}
