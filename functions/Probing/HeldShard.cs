namespace MoneroCloud.Functions;

/// <summary>A shard whose lease this process has, renewed until it is given back.</summary>
internal sealed class HeldShard : IAsyncDisposable
{
    private readonly CancellationTokenSource _done = new();
    private readonly CancellationTokenSource _lost;
    private readonly Leases _leases;
    private readonly TimeProvider _time;
    private readonly TimeSpan _length;
    private readonly Task<Lease> _keeping;

    private HeldShard(Shard shard, Lease lease, Leases leases, TimeSpan length, TimeProvider time, CancellationToken cancellation)
    {
        (Shard, _leases, _length, _time) = (shard, leases, length, time);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _keeping = KeepAsync(lease);
    }

    public Shard Shard { get; }

    /// <summary>Cancelled when the lease was lost: somebody else does the work then.</summary>
    public CancellationToken Token => _lost.Token;

    /// <summary>Null while another process has it.</summary>
    public static async Task<HeldShard?> TryTakeAsync(Monitor monitor, Shard shard, CancellationToken cancellation)
    {
        var leases = new Leases(monitor.Table, monitor.Time);
        var length = monitor.Policy.ShardLease;
        return await leases.TryTakeAsync(shard, "shard", monitor.Instance, length, cancellation) is { } lease
            ? new HeldShard(shard, lease, leases, length, monitor.Time, cancellation)
            : null;
    }

    /// <summary>Null when the lease was lost meanwhile: whoever has it does the work.</summary>
    public async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await work(Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        var lease = await _keeping;
        try
        {
            await _leases.ReleaseAsync(lease, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // It runs out by itself.
        }

        _lost.Dispose();
        _done.Dispose();
    }

    private async Task<Lease> KeepAsync(Lease lease)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_length / 3, _time, _done.Token);
                if (await RenewAsync(lease) is not { } renewed)
                {
                    await _lost.CancelAsync();
                    return lease;
                }

                lease = renewed;
            }
        }
        catch (OperationCanceledException)
        {
            return lease;
        }
    }

    private async Task<Lease?> RenewAsync(Lease lease)
    {
        try
        {
            return await _leases.RenewAsync(lease, _length, _done.Token);
        }
        catch (StorageUnavailableException)
        {
            return _time.GetUtcNow() < lease.Until ? lease : null; // It is ours until it has run out.
        }
    }
}
