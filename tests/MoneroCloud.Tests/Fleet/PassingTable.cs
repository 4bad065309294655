using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table that passes every call on; what stands before one changes what it is there for.</summary>
internal abstract class PassingTable(ITable table) : ITable
{
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public virtual Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => table.ReadAsync(key, cancellationToken);

    public virtual IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken);

    public virtual IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public virtual Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        table.CommitAsync(changes, cancellationToken);
}
