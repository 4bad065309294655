using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table on which one row's reader waits until it is let go.</summary>
internal sealed class HeldUpTable(ITable table, RowKey key) : ITable
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Arrived => _arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void LetGo() => _go.SetResult();

    public Task PrepareAsync(CancellationToken cancellationToken) => table.PrepareAsync(cancellationToken);

    public async Task<Row?> ReadAsync(RowKey wanted, CancellationToken cancellationToken)
    {
        if (wanted == key)
        {
            _arrived.TrySetResult();
            await _go.Task.WaitAsync(cancellationToken);
        }

        return await table.ReadAsync(wanted, cancellationToken);
    }

    public IAsyncEnumerable<Row> RangeAsync(Shard shard, KeyRange range, int most, CancellationToken cancellationToken) =>
        table.RangeAsync(shard, range, most, cancellationToken);

    public IAsyncEnumerable<Row> DueAsync(Shard shard, KeyRange range, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        table.DueAsync(shard, range, until, most, cancellationToken);

    public Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) => table.CommitAsync(changes, cancellationToken);
}
