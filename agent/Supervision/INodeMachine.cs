using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// The process half of a node's loop, by who runs the process: <see cref="NodeMachine"/> the agent's own, <see cref="WatchMachine"/> one that
/// somebody else runs. Used by the loop alone, but for <see cref="PrepareAsync"/>.
/// </summary>
internal interface INodeMachine
{
    ProcessPhase Phase { get; }

    /// <summary>The living process; null when there is none.</summary>
    NodeLife? Process { get; }

    /// <summary>The time of the event that told of the last process: what begins with it bears the same, also on a machine so busy that the loop goes on late.</summary>
    DateTimeOffset ProcessSince { get; }

    /// <summary>That no process is there says nothing by itself: the look that is due tells what is.</summary>
    bool IsHeld { get; }

    /// <summary>The agent may restart it by itself now.</summary>
    bool AllowsRestart { get; }

    /// <summary>Lives after the first, in this agent's life; negative before the first.</summary>
    int Restarts { get; }

    /// <summary>When the next start is due; null when none is.</summary>
    DateTimeOffset? NextStart { get; }

    /// <summary>Null while it is closed.</summary>
    BreakerStanding? Breaker { get; }

    /// <summary>How it stands with the last thing that was asked of a watched node's unit.</summary>
    UnitOrder? UnitOrder { get; }

    /// <param name="found">The living child of an earlier agent; null when there is none.</param>
    void Begin(AdoptableProcess? found, bool wanted, NodeConfig config);

    /// <summary>Why the order cannot be carried out here; null where it can.</summary>
    string? Refuse(NodeOrder order, NodeConfig config);

    /// <summary>An operator's or the monitor's order was taken; the events that follow from it come after this.</summary>
    void Ordered(NodeOrder order, string by, NodeConfig config);

    /// <summary>The breaker is closed from here on, if it was not.</summary>
    void TellClosed(string why);

    /// <summary>The configuration was replaced by one for which the living process runs unchanged.</summary>
    void Keep(NodeConfig config);

    void Decide(ProcessEvent happened, NodeConfig config);

    /// <param name="observeGone">Takes the exit into the health, once it is told of.</param>
    void Bury(NodeLife gone, DateTimeOffset at, NodeConfig config, Action observeGone);

    /// <returns>True when the node has another life now.</returns>
    bool Take(NodeMessage.Watched message, NodeConfig config);

    /// <summary>Before a look, on any thread: finds the process to look at. Null when it is another one, of which the loop has been told.</summary>
    Task<LookRequest?> PrepareAsync(LookRequest request, CancellationToken cancellation);
}
