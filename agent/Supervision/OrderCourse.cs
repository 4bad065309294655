using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>One order to one node, from its giving to its settled end, whoever gave it.</summary>
internal static class OrderCourse
{
    /// <param name="node">The node.</param>
    /// <param name="order">What is ordered.</param>
    /// <param name="terms">Who ordered it, and what else is said.</param>
    /// <param name="startLimit">The longest a start may take; the node's stop budget comes on top.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the waiting; the order goes on.</param>
    public static async Task<OrderEnd> FollowAsync(NodeSupervisor node, NodeOrder order, OrderTerms terms, TimeSpan startLimit, TimeProvider time, CancellationToken cancellation)
    {
        var version = node.Current.Version;
        switch (await node.OrderAsync(order, terms).WaitAsync(cancellation))
        {
            case OrderAnswer.Refused refused:
                return new OrderEnd(OutcomeResult.Refused, refused.Reason);
            case OrderAnswer.Failed failed:
                return new OrderEnd(OutcomeResult.Failed, failed.Reason);
            case OrderAnswer.NotYet waits:
                return new OrderEnd(OutcomeResult.Refused, waits.Reason) { Waits = true };
            case OrderAnswer.Already already:
                var living = node.Current.Process?.Identity;
                return new OrderEnd(OutcomeResult.DoneAlready, already.Text) { Before = living, After = living };
            case OrderAnswer.Taken taken:
                return await SettleAsync(node, order, taken, version, node.Current.Config.StopBudget + startLimit, time, cancellation) with { Before = taken.Before };
            default:
                throw new InvalidOperationException("an order is taken, refused, or done already");
        }
    }

    private static OrderEnd WithProof(OrderEnd end, LadderView? ladder, long? number)
    {
        if (ladder is null || ladder.Number != number)
        {
            return end;
        }

        var lost = ladder.Proof.Losses is { } losses and not Losses.None ? $"; lost: {ProofText.Of(losses)}" : "";
        return end with { Proof = ladder.Proof, Text = end.Text + lost };
    }

    private static async Task<OrderEnd> SettleAsync(NodeSupervisor node, NodeOrder order, OrderAnswer.Taken taken, long version, TimeSpan budget, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var view = await node.WhenAsync(v => v.Version > version && IsSettled(v, order, taken.Before), cancellation).WaitAsync(budget, time, cancellation);
            return WithProof(EndOf(view, order) with { After = view.Process?.Identity }, view.Ladder, taken.Ladder);
        }
        catch (TimeoutException)
        {
            var end = new OrderEnd(OutcomeResult.Failed, $"{node.Name}: not done within {budget.TotalSeconds:0} s; it goes on, see 'monerocloud status {node.Name}'")
            {
                After = node.Current.Process?.Identity,
            };
            return WithProof(end, node.Current.Ladder, taken.Ladder);
        }
    }

    /// <summary>Has the order come to its end, good or bad?</summary>
    private static bool IsSettled(NodeSnapshot view, NodeOrder order, ProcessIdentity? before) => order switch
    {
        _ when view.Config.Manage == NodeManage.Watch => WatchedOrder.IsSettled(view, order, before),
        NodeOrder.Stop or NodeOrder.Disable => view.Process is null && view.Phase is ProcessPhase.Stopped,
        NodeOrder.Enable when view.Desired is DesiredState.Stopped => true,

        // The view may be from before the order's turn, when the old life was still ready.
        NodeOrder.Restart when before is not null && view.Process?.Identity == before => false,
        _ => view.Phase is ProcessPhase.BackingOff or ProcessPhase.Broken
            || view.Health is { Last: { Certainty: Certainty.Certain, Remedy: Remedy.Alert }, State: HealthState.Down }
            || (view.Phase is ProcessPhase.Ready && (view.Config.Wallet is null || view.WalletFailure is not null || view.Health.Worked)),
    };

    private static OrderEnd EndOf(NodeSnapshot view, NodeOrder order) => view switch
    {
        { Config.Manage: NodeManage.Watch } => WatchedOrder.EndOf(view, order),
        _ when order is NodeOrder.Stop or NodeOrder.Disable => new(OutcomeResult.Done, $"{view.Config.Name}: stopped"),
        { Desired: DesiredState.Stopped stopped } => new(OutcomeResult.Done, $"{view.Config.Name}: enabled; it stays stopped, as {stopped.By} ordered"),
        { Health: { State: HealthState.Down, Last: { Certainty: Certainty.Certain, Remedy: Remedy.Alert } last } } => new(OutcomeResult.Failed, $"{view.Config.Name}: {last.Explanation}"),
        { WalletFailure: { } failure } => new(OutcomeResult.Failed, $"{view.Config.Name}: it runs, but its wallet could not be opened: {failure}"),
        { Phase: ProcessPhase.Ready, Process: { } process } => new(OutcomeResult.Done, $"{view.Config.Name}: running, pid {process.Identity.Pid}"),
        _ => new(OutcomeResult.Failed, $"{view.Config.Name}: {view.Health.Last?.Explanation ?? "it did not start"}"),
    };
}
