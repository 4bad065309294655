namespace MoneroCloud.Core;

/// <summary>What its agent's word means for an outage that the monitor's probe found.</summary>
public enum AgentWord
{
    /// <summary>The outage is told by itself.</summary>
    NotNeeded,

    /// <summary>The probe got no answer, which a host that is gone would explain: its alert waits for the agent's next report, or for its silence.</summary>
    Awaited,

    /// <summary>That the agent is silent was told instead, until the agent or the node says something again.</summary>
    Silent,
}
