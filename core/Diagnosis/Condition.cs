namespace MoneroCloud.Core;

/// <summary>What is the matter with a node; docs/monitoring.md explains each to an operator.</summary>
public enum Condition
{
    Inconclusive,
    StoppedByOperator,
    PortTaken,
    Orphan,
    PidReused,
    Exited,
    Stopped,
    OutputBlocked,
    Starting,
    WrongService,
    BadAnswer,
    AuthRejected,
    NoWalletOpen,
    DaemonForked,
    DaemonStalled,
    WalletBehind,
    Healthy,
    Saturated,
    DaemonDown,
    DaemonBusy,
    Busy,
    BusyTooLong,
    WaitingForDaemon,
    Hung,
    PortClosed,
    Silent,
    Unreachable,
    Unresponsive,

    /// <summary>Of the agent; never a row of a node.</summary>
    AgentSilent,
}
