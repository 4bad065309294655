namespace MoneroCloud.Core;

/// <summary>The closed list of what can be ordered.</summary>
public enum OrderVerb
{
    Restart,
    Start,
    Stop,
    Enable,
    Disable,

    /// <summary>Look at the node now, and answer by the method that is named.</summary>
    Check,

    /// <summary>Take agent.json anew; of the agent, not of a node.</summary>
    Reload,
}
