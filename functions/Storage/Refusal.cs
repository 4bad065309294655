namespace MoneroCloud.Functions;

/// <summary>Messages that were refused for one reason, counted.</summary>
internal sealed record Refusal
{
    public required string Queue { get; set; }

    public required string Reason { get; set; }

    public long Count { get; set; }

    public DateTimeOffset FirstAt { get; set; }

    public DateTimeOffset LastAt { get; set; }
}
