using MoneroCloud.Functions;

namespace MoneroCloud.Tests.Api;

/// <summary>A table that can be taken away.</summary>
internal sealed class AwayTable(ITable table) : ITable
{
    public const string Reason = "planted-reason-of-the-store";

    private volatile bool _away;
    private int _reads;
    private int _ranges;

    public bool Away
    {
        get => _away;
        set => _away = value;
    }

    /// <summary>Somebody else's deed, once, before the next commit of a node.</summary>
    public Func<Task>? Rival { get; set; }

    public int Reads => Volatile.Read(ref _reads);

    public int Ranges => Volatile.Read(ref _ranges);

    private ITable Table => _away ? throw new StorageUnavailableException(Reason) : table;

    public Task PrepareAsync(CancellationToken cancellationToken) => Table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return Table.ReadAsync(key, cancellationToken);
    }

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _ranges);
        return Table.RangeAsync(shard, range, most, cancellationToken);
    }

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        Table.DueAsync(shard, range, until, most, cancellationToken);

    public async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        if (Rival is { } rival && changes.Any(c => c.Key.Key.StartsWith(Keys.Nodes, StringComparison.Ordinal)))
        {
            Rival = null;
            await rival();
        }

        return await Table.CommitAsync(changes, cancellationToken);
    }
}
