using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>Counts what is read of rows whose keys begin alike.</summary>
internal sealed class PrefixCounter(ITable table, string prefix) : PassingTable(table)
{
    private int _reads;
    private int _ranges;

    public (int Reads, int Ranges) Counted => (Volatile.Read(ref _reads), Volatile.Read(ref _ranges));

    public override Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        _ = key.Key.StartsWith(prefix, StringComparison.Ordinal) ? Interlocked.Increment(ref _reads) : 0;
        return base.ReadAsync(key, cancellationToken);
    }

    public override IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken)
    {
        _ = range.From.StartsWith(prefix, StringComparison.Ordinal) ? Interlocked.Increment(ref _ranges) : 0;
        return base.RangeAsync(shard, range, most, cancellationToken);
    }
}
