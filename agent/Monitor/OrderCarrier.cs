using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Carries out the monitor's orders, side by side, after they were journalled; tells that they were taken and how they ended.</summary>
internal sealed class OrderCarrier(Agent agent, MonitorContext context) : IAsyncDisposable
{
    private const int LongestText = 1000;

    private static readonly TimeSpan TurnPause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _leaving = new();
    private readonly Lock _lock = new();
    private readonly List<Task> _running = [];

    public void Begin(Order order)
    {
        context.Events.Add(order.Node, context.Clock.Wall, new NodeFact.OrderTaken(order.Id, order.Verb));
        var running = Task.Run(() => RunAsync(order));
        lock (_lock)
        {
            _running.RemoveAll(t => t.IsCompleted);
            _running.Add(running);
        }
    }

    /// <summary>The orders that the agent before left in the middle.</summary>
    public void EndCut()
    {
        foreach (var cut in context.Journal.Orders.All.Values.Where(o => !o.Ended).Select(o => o.Taken).OrderBy(o => o.ExpiresAt))
        {
            var view = cut.Node is { } node ? agent.Nodes.GetValueOrDefault(node)?.Current : null;
            End(cut.Order, cut.Node, CutOrder.Judge(cut, view));
        }
    }

    /// <summary>Waits for nothing: what is not at its end is told by the next agent.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        _leaving.Dispose();
    }

    private async Task RunAsync(Order order)
    {
        try
        {
            End(order.Id, order.Node, await CarryOutAsync(order));
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The next agent sees how far it came.
        }
        catch (Exception bug)
        {
            context.Log.Bug("monitor", $"carry out order {order.Id}", bug);
            End(order.Id, order.Node, new Outcome { Result = OutcomeResult.Failed, Text = "the agent failed at it; its log says how" });
        }
    }

    private async Task<Outcome> CarryOutAsync(Order order)
    {
        if (order.Verb == OrderVerb.Reload)
        {
            return await ReloadAsync();
        }

        if (order.Node is not { } name || !agent.Nodes.TryGetValue(name, out var node))
        {
            return new Outcome { Result = OutcomeResult.Failed, Text = $"this agent has no node {order.Node} any more" };
        }

        return order.Verb == OrderVerb.Check
            ? await CheckAsync(node, order.Method ?? CheckMethod.Full, order.Save)
            : await OrderAsync(node, Of(order.Verb), order);
    }

    /// <summary>An automatic order waits for its node's turn, for as long as it lives.</summary>
    private async Task<Outcome> OrderAsync(NodeSupervisor node, NodeOrder verb, Order order)
    {
        var end = await FollowAsync(node, verb, order);
        while (end.Waits && context.Clock.Wall < DateTimeOffset.FromUnixTimeSeconds(order.ExpiresAt))
        {
            await Task.Delay(TurnPause, context.Clock.Provider, _leaving.Token);
            end = await FollowAsync(node, verb, order);
        }

        return end.Outcome;
    }

    private Task<OrderEnd> FollowAsync(NodeSupervisor node, NodeOrder verb, Order order) => OrderCourse.FollowAsync(
        node,
        verb,
        new OrderTerms(order.Automatic is { } reason ? $"monitor (automatic: {reason.Condition})" : $"monitor ({order.By})")
        {
            Aim = new OrderAim(order.Identity) { Automatic = order.Automatic is not null },
            Order = order.Id,
            KillAfter = order.KillAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        },
        context.Config().Diagnosis.StartLimit,
        context.Clock.Provider,
        _leaving.Token);

    private async Task<Outcome> CheckAsync(NodeSupervisor node, CheckMethod method, bool save)
    {
        var evidence = await node.LookAsync(method is CheckMethod.Api or CheckMethod.Full, save, _leaving.Token);
        var diagnosis = Diagnoser.Diagnose(evidence, context.Config().Diagnosis);
        var living = (evidence.Process as ProcessSighting.Alive)?.Identity;
        return new Outcome
        {
            Result = OutcomeResult.Done,
            Text = diagnosis.Explanation,
            Before = living,
            After = living,
            Answer = MethodAnswers.Of(method, evidence, diagnosis),
        };
    }

    private async Task<Outcome> ReloadAsync() => await agent.ReloadAsync() switch
    {
        ReloadResult.Applied applied => new Outcome { Result = OutcomeResult.Done, Text = applied.ToString() },
        ReloadResult.Refused refused => new Outcome { Result = OutcomeResult.Failed, Text = string.Join("; ", refused.Errors) },
        ReloadResult.Leaving leaving => new Outcome { Result = OutcomeResult.Failed, Text = leaving.ToString() },
        _ => throw new InvalidOperationException("a reload is applied or refused"),
    };

    // The event first: told twice is no harm, not told would be.
    private void End(string id, NodeName? node, Outcome outcome)
    {
        var text = outcome.Text.Length > LongestText ? outcome.Text[..LongestText] : outcome.Text;
        context.Events.Add(node, context.Clock.Wall, new NodeFact.OrderEnded(id, outcome with { Text = text }));
        context.Journal.End(id);
    }

    private static NodeOrder Of(OrderVerb verb) => verb switch
    {
        OrderVerb.Restart => NodeOrder.Restart,
        OrderVerb.Start => NodeOrder.Start,
        OrderVerb.Stop => NodeOrder.Stop,
        OrderVerb.Enable => NodeOrder.Enable,
        OrderVerb.Disable => NodeOrder.Disable,
        _ => throw new InvalidOperationException($"{verb} is no order to a node"),
    };
}
