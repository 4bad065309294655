namespace MoneroCloud.Core;

/// <summary>A breaker that is not closed.</summary>
public enum BreakerState
{
    /// <summary>No start is tried for a while.</summary>
    Open,

    /// <summary>One start is being tried; if it fails, it is open again, for twice as long.</summary>
    HalfOpen,
}
