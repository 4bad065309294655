namespace MoneroCloud.Functions;

/// <summary>What the standalone host hands on of a message; null is what the broker did not say.</summary>
internal sealed record QueueMessage(ReadOnlyMemory<byte> Body, string? MessageId, int? DeliveryCount, DateTimeOffset? EnqueuedAt);
