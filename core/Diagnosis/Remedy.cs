namespace MoneroCloud.Core;

/// <summary>What helps against a condition. Only <see cref="Restart"/> and <see cref="Continue"/> touch the process.</summary>
public enum Remedy
{
    None,
    Wait,
    Alert,

    /// <summary>Alert on the daemon the wallet waits for.</summary>
    AlertOnDaemon,

    /// <summary>Open the declared wallet; alert if that fails.</summary>
    OpenWallet,

    /// <summary>SIGCONT once; still stopped after 10 s: <see cref="Restart"/>.</summary>
    Continue,

    /// <summary>Start it again, or run the restart ladder on what is left of it.</summary>
    Restart,
}
