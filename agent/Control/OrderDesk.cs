using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Gives orders to nodes, side by side, and tells what happens until each is done.</summary>
internal sealed class OrderDesk(Agent agent, AgentClock clock)
{
    public async IAsyncEnumerable<ControlReply> CarryOutAsync(ImmutableArray<NodeSupervisor> nodes, NodeOrder order, string by, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var events = new EventStream(agent.Events, null);
        var names = nodes.Select(n => n.Name).ToHashSet();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var all = Task.WhenAll(nodes.Select(n => CarryOutAsync(n, order, by, stop.Token)));
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
        foreach (var result in results.Where(r => r.Text.Length > 0))
        {
            yield return new ControlReply.TextLine(result.Text);
        }

        yield return new ControlReply.Done(results.Max(r => r.Exit));
    }

    private async Task<(int Exit, string Text)> CarryOutAsync(NodeSupervisor node, NodeOrder order, string by, CancellationToken cancellation)
    {
        var version = node.Current.Version;
        if (await node.OrderAsync(order, by) is { } refusal)
        {
            return (1, refusal);
        }

        var config = node.Current.Config;
        var budget = config.StopBudget + agent.Config.Diagnosis.StartLimit;
        try
        {
            var view = await node.WhenAsync(v => v.Version > version && IsSettled(v, order), cancellation).WaitAsync(budget, clock.Provider, cancellation);
            return Outcome(view, order);
        }
        catch (TimeoutException)
        {
            return (1, $"{node.Name}: not done within {budget.TotalSeconds:0} s; it goes on, see 'monerocloud status {node.Name}'");
        }
    }

    /// <summary>Has the order come to its end, good or bad?</summary>
    private static bool IsSettled(NodeView view, NodeOrder order) => order switch
    {
        NodeOrder.Stop or NodeOrder.Disable => view.Process is null && view.Phase is ProcessPhase.Stopped,
        NodeOrder.Enable when view.Desired is DesiredState.Stopped => true,
        _ => view.Phase is ProcessPhase.BackingOff or ProcessPhase.Broken
            || view.Health is { Last: { Certainty: Certainty.Certain, Remedy: Remedy.Alert }, State: HealthState.Down }
            || (view.Phase is ProcessPhase.Ready && (view.Config.Wallet is null || view.WalletFailure is not null || view.Health.Worked)),
    };

    private static (int Exit, string Text) Outcome(NodeView view, NodeOrder order) => view switch
    {
        _ when order is NodeOrder.Stop or NodeOrder.Disable => (0, $"{view.Config.Name}: stopped"),
        { Desired: DesiredState.Stopped stopped } => (0, $"{view.Config.Name}: enabled; it stays stopped, as {stopped.By} ordered"),
        { Health: { State: HealthState.Down, Last: { Certainty: Certainty.Certain, Remedy: Remedy.Alert } last } } => (1, $"{view.Config.Name}: {last.Explanation}"),
        { WalletFailure: { } failure } => (1, $"{view.Config.Name}: it runs, but its wallet could not be opened: {failure}"),
        { Phase: ProcessPhase.Ready, Process: { } process } => (0, $"{view.Config.Name}: running, pid {process.Identity.Pid}"),
        _ => (1, $"{view.Config.Name}: {view.Health.Last?.Explanation ?? "it did not start"}"),
    };
}
