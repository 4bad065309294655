namespace MoneroCloud.Core;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    Down,
    Degraded,

    /// <summary>What had been alerted is over.</summary>
    Recovered,

    /// <summary>Its agent restarted it, within the start-up grace.</summary>
    Restarted,

    /// <summary>A note beside the condition: a save failed, or the disk is low.</summary>
    Noted,

    AgentSilent,

    AgentBack,

    /// <summary>An agent was cut off: what it tells now happened long ago.</summary>
    LateEvents,

    /// <summary>The monitor does not trust what it sees from where it is.</summary>
    MonitorInDoubt,

    /// <summary>A node's breaker has opened after it was told as down: no start is tried for a while.</summary>
    BreakerOpened,

    /// <summary>An automatic restart did not help, or was cut off.</summary>
    RestartFailed,

    /// <summary>The monitor runs with an earlier configuration, since the present one is refused.</summary>
    ConfigurationRefused,

    /// <summary>An incident is still open.</summary>
    Reminder,

    /// <summary>Somebody tries a channel.</summary>
    Test,
}
