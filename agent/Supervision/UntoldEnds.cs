using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Tells of the processes that ended while no agent was there to see it, at the time at which it is found out.</summary>
internal static class UntoldEnds
{
    /// <param name="alive">The process that is there; null when there is none, or when it is still to be found: what lives is not over.</param>
    /// <param name="expected">An operator had stopped it.</param>
    /// <returns>The last of them; null when there was none.</returns>
    public static UnseenEnd? Tell(NodeName node, NodeContext context, NodeHealth health, ProcessIdentity? alive, bool expected, DateTimeOffset? nextStart)
    {
        var journaled = context.Journal.Of(node).Identity;
        var untold = context.Events.LastLives.GetValueOrDefault(node).Untold(journaled, alive);
        UnseenEnd? last = null;
        foreach (var pid in untold.Where(p => journaled?.Pid == p ? IdentityProof.IsOver(journaled) : IdentityProof.IsFree(p)))
        {
            context.Events.Add(node, context.Clock.Wall, new NodeFact.Exited(pid, null, null, ExitCause.Unknown, expected));
            health.Exited(new ProcessExit.Unknown(), ExitCause.Unknown, pid, nextStart);
            last = new UnseenEnd(pid == journaled?.Pid ? journaled : null);
        }

        return last;
    }
}
