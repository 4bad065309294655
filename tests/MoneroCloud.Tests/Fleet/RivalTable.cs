using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Fleet;

/// <summary>Between the first reading of a node and its writing somebody else does something.</summary>
internal sealed class RivalTable(ITable table, Func<Task> rival) : ITable
{
    private int _commits;

    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => table.ReadAsync(key, cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) => table.RangeAsync(shard, range, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Any(c => c.Key.Key.StartsWith(Keys.Nodes, StringComparison.Ordinal)) && Interlocked.Increment(ref _commits) == 1)
        {
            await rival();
        }

        return await table.CommitAsync(changes, cancellationToken);
    }
}
