namespace MoneroCloud.Functions;

/// <summary>The columns that a list of nodes can be sorted by.</summary>
public enum NodeColumn
{
    /// <summary>Trouble first.</summary>
    State,
    Node,
    Condition,
    Since,
    Latency,
    Height,
    Restarts,
}
