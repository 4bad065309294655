using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What a node's loop is told. Only the loop changes the node.</summary>
internal abstract record NodeMessage
{
    private NodeMessage()
    {
    }

    public sealed record ProcessExited(SupervisedProcess Process, DateTimeOffset At) : NodeMessage;

    /// <param name="Process">The life that was looked at; evidence about an earlier one is dropped.</param>
    public sealed record Gathered(NodeEvidence Evidence, SupervisedProcess? Process) : NodeMessage;

    /// <summary>The regular check ended, with evidence or without.</summary>
    public sealed record CheckEnded : NodeMessage;

    /// <summary>A check or the phase's wait is due.</summary>
    public sealed record Due : NodeMessage;

    /// <summary>Somebody wants to know: check soon, though not more often than the fast period.</summary>
    public sealed record CheckWanted : NodeMessage;

    public sealed record Ordered(NodeOrder Order, string By, OrderAim? Aim, TaskCompletionSource<OrderAnswer> Answer) : NodeMessage;

    public sealed record WalletOpened(SupervisedProcess Process, string? Failure, TimeSpan Took) : NodeMessage;

    public sealed record Configured(NodeConfig Config) : NodeMessage;

    /// <summary>The agent leaves and takes its children with it; the desired state stays.</summary>
    public sealed record Leave : NodeMessage;
}
