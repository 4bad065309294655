namespace MoneroCloud.Core;

/// <summary>A node's state, by which it is counted: Up and Degraded work, Down failed, Disabled is not counted.</summary>
public enum HealthState
{
    Unknown,
    Up,
    Degraded,
    Down,
    Disabled,
}
