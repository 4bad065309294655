namespace MoneroCloud.Core;

/// <summary>A message to be sent.</summary>
public sealed record BusMessage
{
    private readonly string _messageId = "";

    /// <summary>1 to 128 characters. The bus drops a second message with the same id within its window (10 min by default).</summary>
    public required string MessageId
    {
        get => _messageId;
        init => _messageId = value is { Length: >= 1 and <= BusRules.LongestMessageId }
            ? value
            : throw new ArgumentException($"{nameof(MessageId)} has {value?.Length ?? 0} characters: 1 to {BusRules.LongestMessageId} are allowed");
    }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    public string? Subject { get; init; }

    /// <summary>From its arrival on. Null: the queue's own.</summary>
    public TimeSpan? TimeToLive { get; init; }
}
