namespace MoneroCloud.Agent;

/// <summary>How often the agent checks its own nodes.</summary>
internal sealed record CheckPolicy
{
    public static CheckPolicy Default { get; } = new();

    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>While unanswered, or while a streak runs.</summary>
    public TimeSpan FastPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>While a process starts: one look at the listening sockets, and the API only once it listens.</summary>
    public TimeSpan StartPeriod { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Deadline of one RPC call.</summary>
    public TimeSpan RpcDeadline { get; init; } = TimeSpan.FromSeconds(5);
}
