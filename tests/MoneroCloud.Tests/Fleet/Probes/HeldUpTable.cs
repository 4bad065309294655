using MoneroCloud.Functions;

namespace MoneroCloud.Tests;

/// <summary>A table on which one row's reader waits until it is let go.</summary>
internal sealed class HeldUpTable(ITable table, RowKey held) : PassingTable(table)
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Arrived => _arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void LetGo() => _go.SetResult();

    public override async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        if (key == held)
        {
            _arrived.TrySetResult();
            await _go.Task.WaitAsync(cancellationToken);
        }

        return await base.ReadAsync(key, cancellationToken);
    }
}
