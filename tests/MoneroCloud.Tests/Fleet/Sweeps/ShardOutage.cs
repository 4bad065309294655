using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table of which one shard cannot be listed.</summary>
internal sealed class ShardOutage(ITable table, Shard broken) : ITable
{
    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => table.ReadAsync(key, cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        Check(shard, table.RangeAsync(shard, range, most, cancellationToken));

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        Check(shard, table.DueAsync(shard, range, until, most, cancellationToken));

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) => table.CommitAsync(changes, cancellationToken);

    private IAsyncEnumerable<Row> Check(Shard shard, IAsyncEnumerable<Row> rows) =>
        shard == broken ? throw new StorageUnavailableException($"shard {shard} is away") : rows;
}
