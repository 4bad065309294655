namespace MoneroCloud.Agent;

/// <summary>The published view of one node, and who waits for it to become something.</summary>
internal sealed class ViewBoard(NodeView first)
{
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private NodeView _current = first;

    public NodeView Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    public void Publish(NodeView view)
    {
        lock (_lock)
        {
            _current = view with { Version = _current.Version + 1 };
            _waiters.RemoveAll(w => w.Found.Task.IsCompleted || (w.Condition(_current) && w.Found.TrySetResult(_current)));
        }
    }

    public async Task<NodeView> WhenAsync(Func<NodeView, bool> condition, CancellationToken cancellation)
    {
        var waiter = new Waiter(condition, new TaskCompletionSource<NodeView>(TaskCreationOptions.RunContinuationsAsynchronously));
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

    private sealed record Waiter(Func<NodeView, bool> Condition, TaskCompletionSource<NodeView> Found);
}
