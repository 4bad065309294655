namespace MoneroCloud.Core;

/// <summary>What came of asking the monitor for a check of one node.</summary>
public abstract record NodeCheck
{
    private NodeCheck()
    {
    }

    /// <summary>It was made.</summary>
    public sealed record Made(CheckAnswer Answer) : NodeCheck;

    /// <summary>The node's agent was asked and has not answered yet; the outcome of the order will have the answer.</summary>
    public sealed record Ordered(OrderView Order) : NodeCheck;
}
