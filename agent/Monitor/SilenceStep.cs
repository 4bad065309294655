namespace MoneroCloud.Agent;

/// <summary>What is to be done now about the monitor's silence.</summary>
internal enum SilenceStep
{
    None,
    TellSilent,

    /// <summary>It is over.</summary>
    End,
    TellHeard,
}
