using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace MoneroCloud.Agent;

/// <summary>Gives orders to nodes, side by side, and tells what happens until each is done.</summary>
internal sealed class OrderDesk(Agent agent, AgentClock clock)
{
    public async IAsyncEnumerable<ControlReply> CarryOutAsync(ImmutableArray<NodeSupervisor> nodes, NodeOrder order, string by, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var events = new EventStream(agent.Events, null);
        var names = nodes.Select(n => n.Name).ToHashSet();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var all = Task.WhenAll(nodes.Select(n => OrderCourse.FollowAsync(n, order, by, null, agent.Config.Diagnosis.StartLimit, clock.Provider, stop.Token)));
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

        yield return new ControlReply.Done(results.All(r => r.IsGood) ? 0 : 1);
    }
}
