namespace MoneroCloud.Core;

/// <summary>What can be ordered of a node beside a check.</summary>
public enum NodeCommand
{
    /// <summary>Save, stop and start it.</summary>
    Restart,

    Start,

    /// <summary>Save and stop it; it stays stopped.</summary>
    Stop,

    /// <summary>Supervise it again.</summary>
    Enable,

    /// <summary>Stop it, and take it out of supervision, counts and alerts.</summary>
    Disable,
}
