namespace MoneroCloud.Agent;

/// <summary>The published view of one node, and who waits for it to become something.</summary>
internal sealed class ViewBoard(NodeSnapshot first)
{
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private NodeSnapshot _current = first;

    public NodeSnapshot Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    public void Publish(NodeSnapshot view)
    {
        lock (_lock)
        {
            _current = view with { Version = _current.Version + 1 };
            _waiters.RemoveAll(w => w.Found.Task.IsCompleted || (w.Condition(_current) && w.Found.TrySetResult(_current)));
        }
    }

    public async Task<NodeSnapshot> WhenAsync(Func<NodeSnapshot, bool> condition, CancellationToken cancellation)
    {
        var waiter = new Waiter(condition, new TaskCompletionSource<NodeSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (condition(_current))
            {
                return _current;
            }

            _waiters.Add(waiter);
        }

        await using var registration = cancellation.Register(() => waiter.Found.TrySetCanceled(cancellation));
        return await waiter.Found.Task;
    }

    private sealed record Waiter(Func<NodeSnapshot, bool> Condition, TaskCompletionSource<NodeSnapshot> Found);
}
