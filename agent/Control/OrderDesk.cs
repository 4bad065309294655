using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Gives orders to nodes, side by side, and tells what happens until each is done.</summary>
internal sealed class OrderDesk(Agent agent, AgentClock clock)
{
    public async IAsyncEnumerable<ControlReply> CarryOutAsync(ImmutableArray<NodeSupervisor> nodes, NodeOrder order, OrderTerms terms, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var node in nodes)
        {
            if (Warning(node.Current, terms) is { } warning)
            {
                yield return new ControlReply.TextLine(warning);
            }
        }

        using var events = new EventStream(agent.Events, null);
        var names = nodes.Select(n => n.Name).ToHashSet();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var all = Task.WhenAll(nodes.Select(n => OrderCourse.FollowAsync(n, order, terms, agent.Config.Diagnosis.StartLimit, clock.Provider, stop.Token)));
        var next = events.NextAsync(stop.Token).AsTask();
        while (await Task.WhenAny(all, next) == next)
        {
            var entry = await next;
            if (entry.Node is { } about && names.Contains(about))
            {
                yield return new ControlReply.EventLine(entry);
            }

            next = events.NextAsync(stop.Token).AsTask();
        }

        var results = await all;
        while (next.IsCompletedSuccessfully)
        {
            var entry = await next;
            if (entry.Node is { } about && names.Contains(about))
            {
                yield return new ControlReply.EventLine(entry);
            }

            next = events.NextAsync(stop.Token).AsTask();
        }

        await stop.CancelAsync();
        await Task.WhenAny(next);
        foreach (var (node, result) in nodes.Zip(results))
        {
            yield return new ControlReply.OrderLine(node.Name.ToString(), result.Outcome);
        }

        yield return new ControlReply.Done(results.All(r => r.IsGood) ? 0 : 1);
    }

    /// <summary>What a shortened budget may cost, before anything is done; null where nothing is shortened, or it is refused anyway.</summary>
    private static string? Warning(NodeSnapshot node, OrderTerms terms)
    {
        var budget = node.Config.StopBudget;
        if (terms.KillAfter is not { } after || after >= budget || terms.Problem(budget) is not null || node.Process is null)
        {
            return null;
        }

        var wallet = node.Wallet;
        var cost = node.Config.Kind == NodeKind.Daemon ? "monerod checks its database when it starts again"
            : wallet.Open == false ? "no wallet is open, so nothing is lost by it"
            : $"{(wallet.Open is null ? "if a wallet is open, " : "")}{ProofText.Of(new Losses.MayBeRescanned { SavedAt = wallet.SavedAt, OpenedAt = wallet.OpenedAt })}";
        return $"{node.Config.Name}: SIGKILL follows after {DurationText.Format(after)} instead of {DurationText.Format(budget)}; if it has not saved by then: {cost}";
    }
}
