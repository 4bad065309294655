namespace MoneroCloud.Core;

/// <summary>How the monitor finds out whether its own network is there.</summary>
internal sealed record SelfCheckPolicy
{
    public static SelfCheckPolicy Default { get; } = new();

    /// <summary>For one target.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many of the targets have to fail.</summary>
    public SelfCheckQuorum Quorum { get; init; } = SelfCheckQuorum.All;
}
