namespace MoneroCloud.Core;

/// <summary>How far a stop or restart has come.</summary>
public enum ProofState
{
    /// <summary>It goes on.</summary>
    Underway,

    /// <summary>Every step was taken to its end.</summary>
    Complete,

    /// <summary>It ended before its last step: what is wanted is not so.</summary>
    Incomplete,

    /// <summary>The agent was ended in the middle of it; this is what is known.</summary>
    Interrupted,
}
