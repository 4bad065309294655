namespace MoneroCloud.Core;

/// <summary>The steps of a stop and of a start, in the order in which they are taken.</summary>
public enum LadderRung
{
    /// <summary>SIGCONT: a stopped process would neither save nor see a signal.</summary>
    Continue,

    /// <summary>The open wallet is saved over the RPC.</summary>
    Store,

    /// <summary>The wallet saves and ends by itself, and says over the RPC that it saved.</summary>
    StopWallet,

    /// <summary>SIGTERM, and the wait for the end.</summary>
    Terminate,

    /// <summary>SIGKILL, once the budget is used up.</summary>
    Kill,

    /// <summary>Nobody holds the port.</summary>
    Port,

    /// <summary>The program is started.</summary>
    Start,

    /// <summary>The RPC answers.</summary>
    Answer,

    /// <summary>The declared wallet is open again.</summary>
    OpenWallet,

    /// <summary>The wallet's height is not lower than before.</summary>
    Height,
}
