using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table as a process reaches it for as long as it lives.</summary>
/// <param name="plain">Takes out of a key what is another in every run.</param>
internal sealed class KillableTable(ITable table, KillSwitch kill, Func<string, string> plain) : ITable
{
    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        kill.Look($"read {Name(key)}");
        return table.ReadAsync(key, cancellationToken);
    }

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken)
    {
        kill.Look($"list {shard}/{plain(range.From)}");
        return table.RangeAsync(shard, range, most, cancellationToken);
    }

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        kill.Look($"due {shard}/{plain(range.From)}");
        return table.DueAsync(shard, range, until, most, cancellationToken);
    }

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
        kill.ChangeAsync($"commit {Name(changes[0].Key)}", () => table.CommitAsync(changes, cancellationToken));

    private string Name(RowKey key) => $"{key.Shard}/{plain(key.Key)}";
}
