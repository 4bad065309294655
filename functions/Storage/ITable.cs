namespace MoneroCloud.Functions;

/// <summary>
/// A table of rows in 16 shards; docs/decisions/0007-a-table-of-rows.md. Each call ends within <see cref="TableOptions.Deadline"/> (a listing:
/// each page of it), or throws <see cref="StorageUnavailableException"/> when the store cannot be reached, answers too late or refuses.
/// After that exception, or a cancellation, a commit may have been stored or not.
/// </summary>
internal interface ITable
{
    /// <summary>Makes the table where it is missing. May be repeated.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Null where there is no such row.</summary>
    Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken);

    /// <summary>Rows in the ordinal order of their keys. Not of one moment: what changes meanwhile is seen or not.</summary>
    /// <param name="most">At least 1; then the listing ends.</param>
    IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken);

    /// <summary>As <see cref="RangeAsync"/>, only rows whose <see cref="Row.Due"/> is not after <paramref name="until"/>.</summary>
    IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken);

    /// <summary>All changes or none.</summary>
    /// <param name="changes">1 to <see cref="CommitBounds.MaxRows"/>, of one shard, each of another key.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken);
}
