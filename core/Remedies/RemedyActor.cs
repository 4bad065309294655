namespace MoneroCloud.Core;

/// <summary>Who restarts a node that is frozen, blocked, hung or serves no more. What has exited is always its agent's.</summary>
public enum RemedyActor
{
    /// <summary>It is not enrolled, or the monitor has been silent for too long.</summary>
    Agent,

    /// <summary>By an automatic order, within the fleet's budget.</summary>
    Monitor,
}
