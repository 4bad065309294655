using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table of which one shard cannot be listed.</summary>
internal sealed class ShardOutage(ITable table, Shard broken) : PassingTable(table)
{
    public override IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        Check(shard, base.RangeAsync(shard, range, most, cancellationToken));

    public override IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        Check(shard, base.DueAsync(shard, range, until, most, cancellationToken));

    private IAsyncEnumerable<Row> Check(Shard shard, IAsyncEnumerable<Row> rows) =>
        shard == broken ? throw new StorageUnavailableException($"shard {shard} is away") : rows;
}
