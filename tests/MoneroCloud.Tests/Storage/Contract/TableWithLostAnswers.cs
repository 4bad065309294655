using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Storage;

/// <summary>As a cloud store seems when the answer to a commit is lost and the client repeats it: stored, and then refused.</summary>
internal sealed class TableWithLostAnswers(ITable table) : ITable
{
    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => table.ReadAsync(key, cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(
        Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        await table.CommitAsync(changes, cancellationToken);
        return await table.CommitAsync(changes, cancellationToken);
    }
}
