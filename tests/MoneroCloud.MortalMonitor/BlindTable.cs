using MoneroCloud.Functions;

namespace MoneroCloud.MortalMonitor;

/// <summary>A planted defect: it replaces whatever is there.</summary>
internal sealed class BlindTable(ITable table) : ITable
{
    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => table.ReadAsync(key, cancellationToken);

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        table.CommitAsync([.. changes.Select(Blind)], cancellationToken);

    private static RowChange Blind(RowChange change) => change switch
    {
        RowChange.Replace replace => new RowChange.Put(replace.Row),
        RowChange.Insert insert => new RowChange.Put(insert.Row),
        RowChange.Delete delete => delete with { Version = null },
        _ => change,
    };
}
