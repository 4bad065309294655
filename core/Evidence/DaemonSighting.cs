namespace MoneroCloud.Core;

/// <summary>The state of the daemon that a wallet uses.</summary>
public enum DaemonSighting
{
    /// <summary>None is declared, or nobody asked it.</summary>
    NotKnown,
    Answers,

    /// <summary>It refuses connections.</summary>
    Refuses,

    /// <summary>It accepts and does not answer.</summary>
    Silent,

    /// <summary>It does not answer, and the host sees it work.</summary>
    Busy,
}
