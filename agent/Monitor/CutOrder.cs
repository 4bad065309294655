using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What became of an order whose agent was ended in the middle of it, as far as that can be seen afterwards. Pure.</summary>
internal static class CutOrder
{
    /// <param name="order">As it was journalled.</param>
    /// <param name="view">Its node, after what still lived was adopted and what is wanted was started; null where there is no such node.</param>
    public static Outcome Judge(JournalRecord.OrderTaken order, NodeView? view)
    {
        var living = view?.Process?.Identity;
        var seen = order.Verb switch
        {
            OrderVerb.Restart when living is not null && living != order.Identity => $"pid {living.Pid} runs now",
            OrderVerb.Start when living is not null => $"pid {living.Pid} runs",
            OrderVerb.Stop when view is { Process: null, Desired: DesiredState.Stopped } => "no process runs, and none is to run",
            OrderVerb.Enable when view is { Available: true } => "it is enabled",
            OrderVerb.Disable when view is { Available: false, Process: null } => "it is disabled, and no process runs",
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
}
