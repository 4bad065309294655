namespace MoneroCloud.Core;

/// <summary>Who runs a node's process.</summary>
public enum NodeManage
{
    /// <summary>The agent starts, signals and stops it.</summary>
    Own,

    /// <summary>Somebody else does (systemd, docker, a person); the agent finds it and looks, and never signals it.</summary>
    Watch,
}
