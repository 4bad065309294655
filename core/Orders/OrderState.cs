namespace MoneroCloud.Core;

/// <summary>Where an order stands.</summary>
public enum OrderState
{
    /// <summary>Written down; nothing was sent yet.</summary>
    Stored,

    /// <summary>On its way to the agent, at least once.</summary>
    Sent,

    /// <summary>The agent has journalled it and carries it out.</summary>
    Taken,

    /// <summary>The agent told its outcome.</summary>
    Ended,

    /// <summary>Its time ran out before the agent took it.</summary>
    Expired,
}
