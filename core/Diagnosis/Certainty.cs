namespace MoneroCloud.Core;

/// <summary>Whether a verdict changes the state at once or needs its streak.</summary>
public enum Certainty
{
    /// <summary>Inferred from silence or a single answer: counts in a streak.</summary>
    Probable,

    /// <summary>The host about its own process, or an operator's word.</summary>
    Certain,
}
