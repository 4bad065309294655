using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Storage;

/// <summary>A table with a defect: it replaces whatever is there. Its first readers read at once, so that they surely overwrite each other.</summary>
internal sealed class TableWithoutVersions(ITable table, int readers) : ITable
{
    private readonly TaskCompletionSource _allHaveRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _read;

    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        var row = await table.ReadAsync(key, cancellationToken);
        if (Interlocked.Increment(ref _read) == readers)
        {
            _allHaveRead.SetResult();
        }

        await _allHaveRead.Task.WaitAsync(cancellationToken);
        return row;
    }

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(
        Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        table.CommitAsync(
            [.. changes.Select(change => change is RowChange.Replace or RowChange.Insert ? new RowChange.Put(change.Written!) : change)], cancellationToken);
}
