namespace MoneroCloud.Functions;

/// <summary>How many payloads the broker keeps in memory; beyond it they are read from the store when they are delivered.</summary>
internal sealed class PayloadCache(long mostBytes)
{
    private long _bytes;

    public void Keep(QueueEntry entry, byte[] payload)
    {
        if (_bytes + payload.Length <= mostBytes)
        {
            entry.Payload = payload;
            _bytes += payload.Length;
        }
    }

    public void Drop(QueueEntry entry)
    {
        _bytes -= entry.Payload?.Length ?? 0;
        entry.Payload = null;
    }
}
