using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What of a node is news when it changes: all but how long it has been so, and what was measured.</summary>
/// <param name="Counted">How long its row of verdicts is, as far as that can decide anything.</param>
/// <param name="WantsRestart">A restart is its remedy by now: the same condition may have had another before.</param>
internal readonly record struct ToldState(
    NodeInventory Inventory, ProcessIdentity? Identity, string? Phase, int Restarts, BreakerStanding? Breaker, Condition? Condition, int Counted, bool WantsRestart)
{
    public static ToldState Of(ReportedNode node, bool wantsRestart) => new(
        node.Inventory, node.Identity, node.Phase, node.Restarts, node.Breaker, node.Seen?.Row.Condition, Math.Min(node.Seen?.Row.Count ?? 0, VerdictRow.Kept), wantsRestart);
}
