using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What a node's loop is told. Only the loop changes the node.</summary>
internal abstract record NodeMessage
{
    private NodeMessage()
    {
    }

    public sealed record ProcessExited(NodeLife Process, DateTimeOffset At) : NodeMessage;

    /// <param name="Process">The life that was looked at; evidence about an earlier one is dropped.</param>
    public sealed record Gathered(NodeEvidence Evidence, NodeLife? Process) : NodeMessage;

    /// <summary>The regular check ended, with evidence or without.</summary>
    public sealed record CheckEnded : NodeMessage;

    /// <summary>A check or the phase's wait is due.</summary>
    public sealed record Due : NodeMessage;

    /// <summary>Somebody wants to know: check soon, though not more often than the fast period.</summary>
    public sealed record CheckWanted : NodeMessage;

    public sealed record Ordered(NodeOrder Order, OrderTerms Terms, TaskCompletionSource<OrderAnswer> Answer) : NodeMessage;

    public sealed record WalletOpened(SupervisedProcess Process, string? Failure, TimeSpan Took) : NodeMessage;

    /// <summary>What only a watched node is told.</summary>
    public abstract record Watched : NodeMessage;

    /// <param name="Process">A life that was found; the loop owns it from here on.</param>
    public sealed record Found(WatchedProcess Process) : Watched;

    /// <summary>No process was found.</summary>
    public sealed record NotFound(bool UnitFailed) : Watched;

    /// <param name="Failure">Null is success.</param>
    public sealed record UnitAnswered(UnitVerb Verb, string Why, string? Failure) : Watched;

    public sealed record Configured(NodeConfig Config) : NodeMessage;

    /// <summary>Somebody wants to know whether the loop goes round.</summary>
    public sealed record Turn(TaskCompletionSource Taken) : NodeMessage;

    /// <summary>The agent leaves and takes its children with it; the desired state stays.</summary>
    public sealed record Leave : NodeMessage;
}
