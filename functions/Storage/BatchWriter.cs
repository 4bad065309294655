namespace MoneroCloud.Functions;

/// <summary>
/// Stores many changes that have nothing to do with each other, up to 100 a transaction. One row that lost its race holds up no other: it
/// alone is read and made again, and the rest is sent again; a batch that was refused three times is halved.
/// </summary>
internal sealed class BatchWriter(ITable table)
{
    /// <summary>Races that one row may lose.</summary>
    public const int MaxRaces = 5;

    /// <summary>Refusals after which a batch is halved.</summary>
    public const int MaxRefusals = 3;

    /// <param name="changes">Of one shard, each of another key; any number.</param>
    /// <param name="again">Reads a row that lost its race and makes its change anew; null when there is nothing left to write.</param>
    /// <exception cref="StorageUnavailableException">What was stored until then stays so.</exception>
    public Task<BatchOutcome> WriteAsync(
        IReadOnlyList<RowChange> changes,
        Func<RowKey, CancellationToken, Task<RowChange?>> again,
        CancellationToken cancellationToken) =>
        WriteAsync(
            [.. changes.Select(change => new[] { change })],
            async (key, token) => await again(key, token) is { } change ? [change] : null,
            cancellationToken);

    /// <summary>As the other, where rows go together: all of them or none. The first of them stands for all, in the outcome too.</summary>
    /// <param name="changes">Each of 1 to <see cref="CommitBounds.MaxRows"/> rows.</param>
    /// <param name="again">Reads anew what lost its race, by its first row.</param>
    public Task<BatchOutcome> WriteAsync(
        IReadOnlyList<IReadOnlyList<RowChange>> changes,
        Func<RowKey, CancellationToken, Task<IReadOnlyList<RowChange>?>> again,
        CancellationToken cancellationToken) =>
        new BatchRun(table, again).RunAsync(changes, cancellationToken);
}
