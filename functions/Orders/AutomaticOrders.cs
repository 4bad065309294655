using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Orders that the monitor places by itself, as part of the very change that makes them necessary: the order is a row of the same atomic write.
/// Only the fleet's budget is written before, since it spans subjects.
/// </summary>
internal sealed partial class AutomaticOrders(Monitor monitor)
{
    private const string By = "monitor";

    /// <summary>Races for the budget's row that one decision may lose: then it is held, and asked again with the next report.</summary>
    private const int MaxRaces = 20;

    private readonly ILogger _log = monitor.Logs.CreateLogger<AutomaticOrders>();
    private readonly Action<UnreadableRowException> _unreadable = UnreadableRows.To(monitor.Logs.CreateLogger<AutomaticOrders>());

    // Counted once a report, for all of its nodes.
    private Task<int>? _nodes;

    /// <summary>There is something to decide about the node, or to take back.</summary>
    public static bool Concern(NodeRecord node) => node.HeldRestart is not null || Remedies.IsWanted(node);

    /// <param name="change">All that a report says of a node.</param>
    /// <param name="toldAt">When it was told, by the agent's clock carried on to this moment.</param>
    public async Task<NodeChange> DecideAsync(NodeChange change, DateTimeOffset toldAt, CancellationToken cancellation)
    {
        if (!Remedies.IsWanted(change.Next))
        {
            return RemedyFold.Cleared(change);
        }

        var (node, policy, now) = (change.Next, monitor.Policy.Restarts, monitor.Now);
        var situation = new RemedySituation
        {
            Now = now,
            EvidenceAge = toldAt - node.Host!.Seen.At,
            EvidenceLimit = monitor.Policy.Diagnosis.HostEvidenceLimit,
            Daemon = DaemonStanding.Of(node, await DaemonAsync(node, cancellation)),
        };
        return Remedies.Decide(node, situation, policy) switch
        {
            RemedyDecision.Held held => RemedyFold.Held(change, held.Reason, now),
            RemedyDecision.Wanted wanted => await PlaceAsync(change, wanted, cancellation),
            _ => RemedyFold.Cleared(change),
        };
    }

    /// <summary>The change is stored.</summary>
    public void Tell(NodeChange change)
    {
        if (change is { Placed.Order: { Identity: { } identity, Automatic: { } reason } order })
        {
            Log.Ordered(_log, change.Next.Id, identity.Pid, reason.Condition, order.Id);
        }
    }

    /// <summary>One that cannot be read stands in nobody's way: what the wallet's own host saw of its daemon counts as well.</summary>
    private async Task<NodeRecord?> DaemonAsync(NodeRecord node, CancellationToken cancellation) =>
        node.Daemon is { } daemon && await monitor.Table.ReadAsync(Keys.Node(new NodeId(node.Id.Agent, daemon)), cancellation) is { } row
            ? Documents.TryRead(row, CoreJson.Default.NodeRecord, _unreadable)?.Value
            : null;

    private async Task<NodeChange> PlaceAsync(NodeChange change, RemedyDecision.Wanted wanted, CancellationToken cancellation)
    {
        var (id, now) = (change.Next.Id, monitor.Now);
        if (await ReserveAsync(BudgetSlot.Of(id, wanted, now), cancellation) is { } refusal)
        {
            if (change.Next.HeldRestart is null)
            {
                Log.Held(_log, id, wanted.Reason.Condition, refusal);
            }

            return RemedyFold.Held(change, refusal, now);
        }

        var wish = new OrderWish(id.Agent, id.Name, OrderVerb.Restart, By) { Identity = wanted.Identity, Automatic = wanted.Reason };
        return RemedyFold.Placed(change, wish.ToRecord(now, OrderPlacing.Life), wanted);
    }

    /// <returns>Why there is no slot; null when there is one, and it is stored.</returns>
    private async Task<string?> ReserveAsync(BudgetSlot slot, CancellationToken cancellation)
    {
        var nodes = await (_nodes ??= Summaries.TotalAsync(monitor.Table, cancellation));
        for (var races = 0; races < MaxRaces; races++)
        {
            var before = await monitor.Table.FindOrRenewAsync(
                Keys.RestartBudget,
                MonitorJson.Default.RestartBudget,
                () => RestartBudget.Unknown(monitor.Now, monitor.Policy.Restarts),
                e => Log.Unreadable(_log, e.Message),
                cancellation) ?? new Stored<RestartBudget>(new RestartBudget(), null);
            var answer = before.Value.Reserve(slot, nodes, monitor.Policy.Restarts);
            if (answer is not BudgetAnswer.Granted { Next: var next })
            {
                await KeepClosedAsync(before, cancellation);
                return ((BudgetAnswer.Refused)answer).Reason;
            }

            if (ReferenceEquals(next, before.Value)
                || await monitor.Table.CommitAsync([Documents.Write(Keys.RestartBudget, before with { Value = next }, MonitorJson.Default.RestartBudget)], cancellation) is CommitResult.Committed)
            {
                return null;
            }
        }

        return "too many restarts are being decided at this moment";
    }

    /// <summary>A row that could not be read is replaced by one that says until when nothing is allowed: else it would be said anew each time.</summary>
    private async Task KeepClosedAsync(Stored<RestartBudget> budget, CancellationToken cancellation)
    {
        if (budget.Value is { ClosedUntil: not null, Slots.IsEmpty: true })
        {
            await monitor.Table.CommitAsync([Documents.Write(Keys.RestartBudget, budget, MonitorJson.Default.RestartBudget)], cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "the restart of {Node}, pid {Pid}, is ordered automatically for {Condition}, as order {Order}")]
        public static partial void Ordered(ILogger log, NodeId node, int pid, Condition condition, string order);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Node} is {Condition} and not restarted: {Reason}")]
        public static partial void Held(ILogger log, NodeId node, Condition condition, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "nothing is restarted automatically for a while: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
