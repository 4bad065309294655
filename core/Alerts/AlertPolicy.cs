namespace MoneroCloud.Core;

/// <summary>What is alerted, and when.</summary>
public sealed record AlertPolicy
{
    public static AlertPolicy Default { get; } = new();

    /// <summary>Tell, with low severity, of a node that its agent brought back by itself.</summary>
    public bool Restarted { get; init; } = true;

    /// <summary>How long the agent has to bring a node back, or to open its wallet, before that is alerted.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What an agent tells later than this goes into the history, with one alert an agent; and, where it was told that a node failed, that it works again.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromMinutes(15);
}
