using System.Text.Json.Serialization;

namespace MoneroCloud.Core;

/// <summary>Something that happened to a node's process: a fact, never a state. In JSON the case is named by <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Spawned), "spawned")]
[JsonDerivedType(typeof(Adopted), "adopted")]
[JsonDerivedType(typeof(Found), "found")]
[JsonDerivedType(typeof(SpawnFailed), "spawn_failed")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(WalletOpened), "wallet_opened")]
[JsonDerivedType(typeof(WalletOpenFailed), "wallet_open_failed")]
[JsonDerivedType(typeof(Exited), "exited")]
[JsonDerivedType(typeof(Stopping), "stopping")]
[JsonDerivedType(typeof(Signalled), "signalled")]
[JsonDerivedType(typeof(UnitCommand), "unit_command")]
[JsonDerivedType(typeof(BackedOff), "backed_off")]
[JsonDerivedType(typeof(BreakerOpened), "breaker_opened")]
[JsonDerivedType(typeof(BreakerClosed), "breaker_closed")]
[JsonDerivedType(typeof(Ordered), "ordered")]
[JsonDerivedType(typeof(Observed), "observed")]
[JsonDerivedType(typeof(OrderTaken), "order_taken")]
[JsonDerivedType(typeof(OrderEnded), "order_ended")]
[JsonDerivedType(typeof(OrderRefused), "order_refused")]
[JsonDerivedType(typeof(LadderMoved), "ladder")]
[JsonDerivedType(typeof(Proved), "proof")]
[JsonDerivedType(typeof(Lost), "lost")]
public abstract record NodeFact
{
    private NodeFact()
    {
    }

    public sealed record Spawned(int Pid) : NodeFact;

    /// <summary>A process that ran before the agent did: of an earlier agent, found by its marker, or a watched one.</summary>
    public sealed record Adopted(int Pid) : NodeFact;

    /// <summary>A watched node has a new process, which somebody else started while the agent looked.</summary>
    public sealed record Found(int Pid) : NodeFact;

    /// <param name="Reason">In words, with the system's error.</param>
    public sealed record SpawnFailed(string Reason) : NodeFact;

    /// <summary>The first answer of this life.</summary>
    /// <param name="AfterMs">Milliseconds since the process was started.</param>
    public sealed record Answered(int Version, long AfterMs) : NodeFact;

    public sealed record WalletOpened(long AfterMs) : NodeFact;

    public sealed record WalletOpenFailed(string Reason) : NodeFact;

    /// <param name="Code">The exit code; null when a signal ended it or it is not known.</param>
    /// <param name="Signal">The signal; null when it exited by itself or it is not known.</param>
    /// <param name="Expected">The agent itself had asked it to stop.</param>
    public sealed record Exited(int Pid, int? Code, int? Signal, ExitCause Cause, bool Expected) : NodeFact;

    /// <summary>A step of an orderly stop began.</summary>
    /// <param name="Step">store, stop_wallet, SIGTERM or SIGKILL.</param>
    public sealed record Stopping(int Pid, string Step) : NodeFact;

    public sealed record Signalled(int Pid, int Signal, string Why) : NodeFact;

    /// <summary>The unit of a watched node was asked through systemd, in the place of any signal.</summary>
    /// <param name="Verb">start, stop or restart.</param>
    /// <param name="Failure">Why that failed, with what systemctl said; null when it succeeded.</param>
    public sealed record UnitCommand(string Unit, string Verb, string Why, string? Failure) : NodeFact;

    public sealed record BackedOff(long ForMs) : NodeFact;

    /// <param name="ForMs">Until one start is tried again.</param>
    public sealed record BreakerOpened(long ForMs, string Why) : NodeFact;

    /// <summary>The one start that was tried has lasted, an operator gave an order, or the node is to be stopped.</summary>
    public sealed record BreakerClosed(string Why) : NodeFact;

    /// <summary>An operator's order: start, stop, restart, enable or disable.</summary>
    public sealed record Ordered(string Verb, string By) : NodeFact;

    /// <summary>
    /// What a check saw when the agent's own verdict had changed: evidence, which the monitor judges again by itself. So no change of
    /// health is missing from the history because a report was late or lost.
    /// </summary>
    public sealed record Observed(ObservedEvidence Seen) : NodeFact;

    /// <summary>An order from the monitor was verified and journalled, and is carried out from here on.</summary>
    public sealed record OrderTaken(string Order, OrderVerb Verb) : NodeFact;

    /// <summary>How an order ended: its outcome.</summary>
    public sealed record OrderEnded(string Order, Outcome Outcome) : NodeFact;

    /// <summary>Something in the agent's queue was no order for it; nothing was done.</summary>
    /// <param name="Order">The id it named; null where it could not be read or not be believed.</param>
    /// <param name="Reason">In words, without the message's text.</param>
    public sealed record OrderRefused(string? Order, string Reason) : NodeFact;

    /// <summary>A step of a stop, restart or ordered start ended, or goes on for long.</summary>
    /// <param name="Order">The monitor's order that it is taken for; null when there is none.</param>
    /// <param name="Next">The step that began then; null when none did.</param>
    public sealed record LadderMoved(string? Order, LadderStep Step, LadderRung? Next) : NodeFact;

    /// <summary>The end of a stop or restart, whoever wanted it: what was done, why, and what it cost.</summary>
    public sealed record Proved(RestartProof Proof) : NodeFact;

    /// <summary>Cut off for too long: the oldest events were dropped.</summary>
    public sealed record Lost(long Count) : NodeFact;
}
