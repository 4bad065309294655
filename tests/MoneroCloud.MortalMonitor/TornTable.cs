using MoneroCloud.Functions;

namespace MoneroCloud.MortalMonitor;

/// <summary>A planted defect: what belongs together is written one after the other, and the program may die in between.</summary>
internal sealed class TornTable(ITable table, DeathPoints points) : ITable
{
    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => table.ReadAsync(key, cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var first = await table.CommitAsync([changes[0]], cancellationToken);
        if (first is not CommitResult.Committed one || changes.Count == 1)
        {
            return first;
        }

        points.Pass($"torn {MortalTable.Place(changes)[7..]}");
        return await table.CommitAsync([.. changes.Skip(1)], cancellationToken) is CommitResult.Committed rest
            ? new CommitResult.Committed(one.Versions.AddRange(rest.Versions))
            : new CommitResult.Lost(null);
    }
}
