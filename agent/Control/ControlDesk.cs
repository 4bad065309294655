using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Answers what is asked on the control socket.</summary>
/// <param name="agent">The agent.</param>
/// <param name="link">Its connection to the monitor.</param>
/// <param name="clock">The clock.</param>
/// <param name="down">Begins the agent's orderly end.</param>
internal sealed class ControlDesk(Agent agent, MonitorLink link, AgentClock clock, Action down)
{
    /// <summary>Of one question: lives that come and go for ever are not run after.</summary>
    private const int MostLooks = 3;

    public IAsyncEnumerable<ControlReply> AnswerAsync(ControlRequest request, string by, CancellationToken cancellation)
    {
        var nodes = NodeChoice.Of(request.Node, agent.Config.Agent, agent.Nodes.Keys);
        if (nodes is NodeChoice.Refused refused)
        {
            return Single(new ControlReply.Refused(refused.Message, 2));
        }

        var chosen = ((NodeChoice.Chosen)nodes).Names.Select(n => agent.Nodes[n]).ToImmutableArray();
        return request.Verb switch
        {
            ControlVerb.Check => CheckAsync(chosen, request, cancellation),
            ControlVerb.View => ViewAsync(chosen),
            ControlVerb.Start => new OrderDesk(agent, clock).CarryOutAsync(chosen, NodeOrder.Start, TermsOf(request, by), cancellation),
            ControlVerb.Stop => new OrderDesk(agent, clock).CarryOutAsync(chosen, NodeOrder.Stop, TermsOf(request, by), cancellation),
            ControlVerb.Restart => new OrderDesk(agent, clock).CarryOutAsync(chosen, NodeOrder.Restart, TermsOf(request, by), cancellation),
            ControlVerb.Enable => new OrderDesk(agent, clock).CarryOutAsync(chosen, NodeOrder.Enable, TermsOf(request, by), cancellation),
            ControlVerb.Disable => new OrderDesk(agent, clock).CarryOutAsync(chosen, NodeOrder.Disable, TermsOf(request, by), cancellation),
            ControlVerb.Events => EventsAsync(request.Node is null ? null : chosen[0].Name, request, cancellation),
            ControlVerb.Logs => chosen is [var one] ? LogsAsync(one.Name, request, cancellation) : Single(new ControlReply.Refused("logs takes one node", 2)),
            ControlVerb.Reload => ReloadAsync(),
            ControlVerb.Down => DownAsync(cancellation),
            _ => Single(new ControlReply.Refused("unknown verb", 2)),
        };
    }

    private static OrderTerms TermsOf(ControlRequest request, string by) =>
        new(by) { KillAfter = request.KillAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null };

    private static async IAsyncEnumerable<ControlReply> Single(ControlReply reply)
    {
        await Task.CompletedTask;
        yield return reply;
    }

    private async IAsyncEnumerable<ControlReply> CheckAsync(ImmutableArray<NodeSupervisor> nodes, ControlRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var askApi = request.Method is CheckMethod.Api or CheckMethod.Full;
        var looks = nodes.Select(n => LookAsync(n, askApi, request, cancellation)).ToArray();
        foreach (var look in looks)
        {
            yield return new ControlReply.NodeLine(await look);
        }

        yield return new ControlReply.MonitorLine(link.Status);
        yield return new ControlReply.Done(0);
    }

    private async IAsyncEnumerable<ControlReply> ViewAsync(ImmutableArray<NodeSupervisor> nodes)
    {
        await Task.CompletedTask;
        foreach (var node in nodes)
        {
            yield return new ControlReply.NodeLine(StatusOf.Kept(agent.Config, node.Current));
        }

        yield return new ControlReply.MonitorLine(link.Status);
        yield return new ControlReply.Done(0);
    }

    private async Task<NodeStatus> LookAsync(NodeSupervisor node, bool askApi, ControlRequest request, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var before = node.Current.Process;
            var evidence = await node.LookAsync(askApi, request.Save, cancellation);
            var view = node.Current;

            // What was seen of a process that has ended meanwhile does not go with what is known of it by now.
            if (view.Process == before || tries == MostLooks)
            {
                node.WantCheck();
                return StatusOf.View(agent.Config, view, evidence, request.Method);
            }
        }
    }

    private async IAsyncEnumerable<ControlReply> EventsAsync(NodeName? node, ControlRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stream = new EventStream(agent.Events, node);
        foreach (var entry in agent.Events.Last(node, Math.Max(1, request.Lines)))
        {
            yield return new ControlReply.EventLine(entry);
        }

        while (request.Follow)
        {
            yield return new ControlReply.EventLine(await stream.NextAsync(cancellation));
        }

        yield return new ControlReply.Done(0);
    }

    private async IAsyncEnumerable<ControlReply> LogsAsync(NodeName node, ControlRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in LogFollower.ReadAsync(agent.Launcher.LogFile(node), request.Lines, request.Follow, clock.Provider, cancellation))
        {
            yield return new ControlReply.TextLine(line);
        }

        yield return new ControlReply.Done(0);
    }

    private async IAsyncEnumerable<ControlReply> ReloadAsync()
    {
        switch (await agent.ReloadAsync())
        {
            case ReloadResult.Applied applied:
                yield return new ControlReply.TextLine(applied.ToString());
                yield return new ControlReply.Done(0);
                break;
            case ReloadResult.Refused refused:
                yield return new ControlReply.Refused(string.Join('\n', refused.Errors.Append("the configuration was refused; the agent goes on with the one it has")), 1);
                break;
            case ReloadResult.Leaving leaving:
                yield return new ControlReply.Refused(leaving.ToString(), 1);
                break;
        }
    }

    private async IAsyncEnumerable<ControlReply> DownAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        down();
        var told = "";
        while (true)
        {
            var left = string.Join(", ", agent.Nodes.Values.Where(n => n.Current.Process is not null).Select(n => n.Name));
            if (left.Length == 0)
            {
                break;
            }

            if (left != told)
            {
                yield return new ControlReply.TextLine($"waiting for {left} to save and stop");
                told = left;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock.Provider, CancellationToken.None);
        }

        yield return new ControlReply.TextLine("all nodes are saved and stopped");
        yield return new ControlReply.Done(0);
    }
}
