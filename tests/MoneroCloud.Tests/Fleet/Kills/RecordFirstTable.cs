using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>The other half of <see cref="RecordFirstNotifier"/>.</summary>
internal sealed class RecordFirstTable(ITable table, RecordFirstNotifier notifier) : ITable
{
    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => table.ReadAsync(key, cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var result = await table.CommitAsync(changes, cancellationToken);
        if (changes.Any(c => c.Key.Key.StartsWith(Keys.AllDeliveries, StringComparison.Ordinal)))
        {
            await notifier.FlushAsync(cancellationToken);
        }

        return result;
    }
}
