namespace MoneroCloud.Functions;

/// <summary>The message ids that one queue has seen of late, also those of messages long gone.</summary>
internal sealed class DuplicateWindow(BrokerStore store, long queue, TimeSpan window)
{
    /// <summary>The oldest are forgotten beyond it.</summary>
    public const int MostIds = 200_000;

    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string MessageId, long At)> _order = new();

    public void Load()
    {
        foreach (var (messageId, at) in store.LoadSeen(queue))
        {
            _seen[messageId] = at;
            _order.Enqueue((messageId, at));
        }
    }

    /// <returns>False when the id was seen within the window.</returns>
    public bool TryAdd(string messageId, long now)
    {
        Forget(now);
        if (window == TimeSpan.Zero)
        {
            return true;
        }

        if (!_seen.TryAdd(messageId, now))
        {
            return false;
        }

        _order.Enqueue((messageId, now));
        store.See(queue, messageId, now);
        return true;
    }

    public void Forget(long now)
    {
        var oldest = now - (long)window.TotalMilliseconds;
        while (_order.TryPeek(out var first) && (first.At <= oldest || _order.Count >= MostIds))
        {
            _order.Dequeue();
            _seen.Remove(first.MessageId);
            store.Forget(queue, first.MessageId, first.At);
        }
    }
}
