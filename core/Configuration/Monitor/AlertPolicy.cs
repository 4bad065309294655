namespace MoneroCloud.Core;

/// <summary>What is alerted besides a change for the worse.</summary>
internal sealed record AlertPolicy
{
    public static AlertPolicy Default { get; } = new();

    /// <summary>A node that its agent restarted, and that is up again, is alerted too.</summary>
    public bool Restarted { get; init; } = true;

    /// <summary>Events older than this on arrival make one summary alert for the agent instead of an alert each.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromMinutes(15);
}
