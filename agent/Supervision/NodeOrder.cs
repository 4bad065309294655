namespace MoneroCloud.Agent;

/// <summary>What an operator can order of a node.</summary>
internal enum NodeOrder
{
    Start,
    Stop,
    Restart,
    Enable,
    Disable,
}
