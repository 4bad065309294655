using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table that cannot be reached while <paramref name="isAway"/> says so.</summary>
internal sealed class TableOutages(ITable table, Func<bool> isAway) : ITable
{
    private int _refused;

    /// <summary>Calls that were refused.</summary>
    public int Refused => _refused;

    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        Check();
        return table.ReadAsync(key, cancellationToken);
    }

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken)
    {
        Check();
        return table.RangeAsync(shard, range, most, cancellationToken);
    }

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        Check();
        return table.DueAsync(shard, range, until, most, cancellationToken);
    }

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        Check();
        return table.CommitAsync(changes, cancellationToken);
    }

    private void Check()
    {
        if (isAway())
        {
            Interlocked.Increment(ref _refused);
            throw new StorageUnavailableException("the store is away");
        }
    }
}
