namespace MoneroCloud.Functions;

/// <summary>Replaces one row, and tells a lost race from a write of one's own whose answer did not arrive.</summary>
internal static class OneRow
{
    /// <returns>The row's new version; null when somebody else has changed it.</returns>
    public static async Task<string?> CommitOneAsync(this ITable table, Row row, CancellationToken cancellation) =>
        await table.CommitAsync([new RowChange.Replace(row)], cancellation) is CommitResult.Committed committed ? committed.Versions[row.Key]
        : await table.ReadAsync(row.Key, cancellation) is { } found && (found.Doc, found.Due) == (row.Doc, row.Due) && found.Version != row.Version ? found.Version
        : null;
}
