namespace MoneroCloud.Tests;

/// <summary>What a true hang looks like to the host.</summary>
public enum HangKind
{
    /// <summary>SIGSTOP, and SIGCONT does not help.</summary>
    Stopped,

    /// <summary>Blocked in a write to a pipe that nobody reads.</summary>
    OutputBlocked,

    /// <summary>Its threads wait for each other's locks; the connection to the daemon is idle.</summary>
    Deadlocked,

    /// <summary>Asleep in epoll without any connection to the daemon.</summary>
    NeverAccepts,
}
