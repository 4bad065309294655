namespace MoneroCloud.Functions;

/// <summary>What all triggers and the HTTP API share.</summary>
internal sealed record Monitor
{
    public required ITable Table { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Puts a message into a queue.</summary>
    public required IBusSender Bus { get; init; }

    public required MonitorKeys Keys { get; init; }

    public required ILoggerFactory Logs { get; init; }

    /// <summary>The present configuration.</summary>
    public required MonitorPolicy Policy { get; init; }

    /// <summary>This process among those that share the table; new at each start.</summary>
    public string Instance { get; } = Guid.NewGuid().ToString("n");

    public NodeRows Rows => new(Policy.Channels);

    public DateTimeOffset Now => Time.GetUtcNow();
}
