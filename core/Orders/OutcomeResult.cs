namespace MoneroCloud.Core;

/// <summary>The ends of an order.</summary>
public enum OutcomeResult
{
    Done,

    /// <summary>What was ordered was true already: the life that was meant is gone and a newer one runs, or none is left to stop.</summary>
    DoneAlready,

    /// <summary>It was carried out and did not lead to what was wanted.</summary>
    Failed,

    /// <summary>Nothing was done.</summary>
    Refused,

    /// <summary>The agent was ended in the middle of it; how far it came is not known.</summary>
    Interrupted,
}
