using System.Runtime.CompilerServices;

namespace MoneroCloud.Functions;

/// <summary>A table whose calls are counted.</summary>
internal sealed class CountedTable(ITable table, StorageTally tally) : ITable
{
    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        await CountAsync(StorageOperation.Prepare, async () => { await table.PrepareAsync(cancellationToken); return true; });

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => CountAsync(StorageOperation.Read, () => table.ReadAsync(key, cancellationToken));

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        CountAsync(StorageOperation.Range, table.RangeAsync(shard, range, most, cancellationToken), cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        CountAsync(StorageOperation.Due, table.DueAsync(shard, range, until, most, cancellationToken), cancellationToken);

    public async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        using var span = changes.Any(c => c.Key.Key.StartsWith(Keys.Outbox, StringComparison.Ordinal) && c.Written is not null) ? Traces.Part(Traces.Commit) : null;
        var result = await CountAsync(StorageOperation.Commit, () => table.CommitAsync(changes, cancellationToken));
        if (result is CommitResult.Lost)
        {
            tally.Raced();
        }

        return result;
    }

    private async Task<T> CountAsync<T>(StorageOperation operation, Func<Task<T>> call)
    {
        tally.Called(operation);
        try
        {
            return await call();
        }
        catch (StorageUnavailableException)
        {
            tally.Failed(operation);
            throw;
        }
    }

    private async IAsyncEnumerable<Row> CountAsync(StorageOperation operation, IAsyncEnumerable<Row> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        tally.Called(operation);
        await using var each = rows.GetAsyncEnumerator(cancellation);
        while (await NextAsync(operation, each))
        {
            yield return each.Current;
        }
    }

    private async ValueTask<bool> NextAsync(StorageOperation operation, IAsyncEnumerator<Row> each)
    {
        try
        {
            return await each.MoveNextAsync();
        }
        catch (StorageUnavailableException)
        {
            tally.Failed(operation);
            throw;
        }
    }
}
