namespace MoneroCloud.Agent;

/// <summary>What can be asked of a running agent.</summary>
internal enum ControlVerb
{
    Check,
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
