using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What became of an order whose agent was ended in the middle of it, as far as that can be seen afterwards. Pure.</summary>
internal static class CutOrder
{
    /// <param name="order">As it was journalled.</param>
    /// <param name="view">Its node, after what still lived was adopted and what is wanted was started; null where there is no such node.</param>
    public static Outcome Judge(JournalRecord.OrderTaken order, NodeSnapshot? view) =>
        Judge(order, view?.Process?.Identity, view?.Desired, view?.Available) with { Proof = ProofOf(order.Order, view?.Ladder) };

    /// <param name="order">As it was journalled.</param>
    /// <param name="living">The life that is there now.</param>
    /// <param name="desired">Null where there is no such node; so is <paramref name="available"/>.</param>
    /// <param name="available">The node is supervised.</param>
    public static Outcome Judge(JournalRecord.OrderTaken order, ProcessIdentity? living, DesiredState? desired, bool? available)
    {
        var seen = order.Verb switch
        {
            OrderVerb.Restart when living is not null && living != order.Identity => $"pid {living.Pid} runs now",
            OrderVerb.Start when living is not null => $"pid {living.Pid} runs",
            OrderVerb.Stop when living is null && desired is DesiredState.Stopped => "no process runs, and none is to run",
            OrderVerb.Enable when available is true => "it is enabled",
            OrderVerb.Disable when available is false && living is null => "it is disabled, and no process runs",
            OrderVerb.Reload => "the agent was started anew, with the file as it is",
            _ => null,
        };
        return new Outcome
        {
            Result = seen is null ? OutcomeResult.Interrupted : OutcomeResult.DoneAlready,
            Text = $"the agent was ended in the middle of it{(seen is null ? "" : $"; {seen}")}",
            Before = order.Identity,
            After = living,
        };
    }

    /// <summary>What the agent before had written down of it; it may go on.</summary>
    public static RestartProof? ProofOf(string order, LadderView? ladder) =>
        ladder?.Order == order ? ladder.Proof with { State = ProofState.Interrupted, TookMs = null } : null;
}
