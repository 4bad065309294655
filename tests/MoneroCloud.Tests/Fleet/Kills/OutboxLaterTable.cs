using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A defect: what is to be sent is stored after its cause, in a write of its own.</summary>
internal sealed class OutboxLaterTable(ITable table) : ITable
{
    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => table.ReadAsync(key, cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var later = changes.Where(c => c.Written is not null && c.Key.Key.StartsWith(Keys.Outbox, StringComparison.Ordinal)).ToList();
        if (later.Count == 0 || later.Count == changes.Count)
        {
            return await table.CommitAsync(changes, cancellationToken);
        }

        var first = await table.CommitAsync([.. changes.Except(later)], cancellationToken);
        return first is CommitResult.Committed one && await table.CommitAsync(later, cancellationToken) is CommitResult.Committed other
            ? new CommitResult.Committed(one.Versions.AddRange(other.Versions))
            : first;
    }
}
