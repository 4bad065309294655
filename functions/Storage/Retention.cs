namespace MoneroCloud.Functions;

/// <summary>Removes what has been kept long enough.</summary>
internal static class Retention
{
    /// <summary>Removes rows of a range, the first ones first. Several may do it side by side.</summary>
    /// <param name="most">At least 1.</param>
    /// <returns>How many were found and are gone now.</returns>
    public static async Task<int> RemoveAsync(ITable table, Shard shard, KeyRange range, int most, CancellationToken cancellationToken)
    {
        var removed = 0;
        var batch = new List<RowChange>();
        await foreach (var row in table.RangeAsync(shard, range, most, cancellationToken))
        {
            batch.Add(new RowChange.Delete(row.Key));
            if (batch.Count == CommitBounds.MaxRows)
            {
                removed += await CommitAsync(table, batch, cancellationToken);
                batch.Clear();
            }
        }

        return removed + (batch.Count == 0 ? 0 : await CommitAsync(table, batch, cancellationToken));
    }

    private static async Task<int> CommitAsync(ITable table, List<RowChange> batch, CancellationToken cancellationToken) =>
        await table.CommitAsync(batch, cancellationToken) is CommitResult.Committed
            ? batch.Count
            : throw new InvalidOperationException("removals without a version were refused");
}
