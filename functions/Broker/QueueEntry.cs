namespace MoneroCloud.Functions;

/// <summary>One stored message of a queue. Its times are milliseconds since 1970.</summary>
internal sealed class QueueEntry(long sequence, long enqueued, long? expires, int size)
{
    public long Sequence { get; } = sequence;

    public long Enqueued { get; } = enqueued;

    public long? Expires { get; set; } = expires;

    public int Size { get; } = size;

    /// <summary>Deliveries begun that were not given back unused.</summary>
    public int Deliveries { get; set; }

    public string? Reason { get; set; }

    public string? Description { get; set; }

    /// <summary>The message as it came; null where it has to be read from the store.</summary>
    public byte[]? Payload { get; set; }
}
