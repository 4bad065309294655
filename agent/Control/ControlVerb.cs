namespace MoneroCloud.Agent;

/// <summary>What can be asked of a running agent.</summary>
internal enum ControlVerb
{
    Check,

    /// <summary>What the agent last saw, without a look.</summary>
    View,

    Start,
    Stop,
    Restart,
    Enable,
    Disable,
    Events,
    Logs,
    Reload,
    Down,
}
