namespace MoneroCloud.Functions;

/// <summary>How one queue behaves. The defaults are those of the queues in Azure.</summary>
internal sealed record QueueSettings
{
    /// <summary>How long a delivered message is the receiver's alone.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Deliveries begun; after that many the message is a dead letter.</summary>
    public int MaxDeliveryCount { get; init; } = 100;

    /// <summary>For a message that names none, and the most for one that does. Null: for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Whether an expired message becomes a dead letter, or is dropped.</summary>
    public bool DeadLetterExpired { get; init; }

    /// <summary>Within it a second message with the same id is accepted and dropped. Zero: never.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Messages; further ones are refused with resource-limit-exceeded.</summary>
    public int MostMessages { get; init; } = 100_000;

    /// <summary>Bytes of all messages together; further ones are refused with resource-limit-exceeded.</summary>
    public long MostBytes { get; init; } = 512L << 20;
}
