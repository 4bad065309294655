using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>status</c> of nodes that a monitor follows: as they are stored, or by a check made now.</summary>
/// <param name="method">Null shows what is stored.</param>
internal sealed class RemoteStatus(RemoteMonitor monitor, CheckMethod? method, bool save)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="node">Null is all of them.</param>
    /// <returns>The nodes; null when the exit code says why not.</returns>
    public async Task<(IReadOnlyList<NodeStatus>? Nodes, int Exit)> AskAsync(string? node, CancellationToken cancellation) => (node, method) switch
    {
        (null, null) => Viewed(await monitor.NodesAsync(cancellation)),
        (null, { } by) => await CheckAllAsync(by, cancellation),
        ({ } one, null) => await StoredAsync(one, cancellation),
        ({ } one, { } by) => await CheckAsync(one, by, cancellation),
    };

    private static (IReadOnlyList<NodeStatus>? Nodes, int Exit) Viewed((List<NodeView>? Nodes, int Exit) told) =>
        (told.Nodes?.Select(RemoteStatusOf.View).ToList(), told.Exit);

    private async Task<(IReadOnlyList<NodeStatus>? Nodes, int Exit)> StoredAsync(string node, CancellationToken cancellation)
    {
        var reply = await monitor.Client.NodeAsync(node, cancellation);
        return reply is MonitorReply<NodeView>.Got got
            ? ([RemoteStatusOf.View(got.Value)], ExitCode.Working)
            : (null, await monitor.FailAsync(reply, node, cancellation));
    }

    private async Task<(IReadOnlyList<NodeStatus>? Nodes, int Exit)> CheckAsync(string node, CheckMethod by, CancellationToken cancellation)
    {
        var reply = await monitor.Client.CheckAsync(node, by, save, MonitorClient.MaxWait, cancellation);
        if (reply is not MonitorReply<NodeCheck>.Got { Value: var check })
        {
            return (null, await monitor.FailAsync(reply, node, cancellation));
        }

        var answer = check is NodeCheck.Made made ? new MethodAnswer(made.Answer.Status, made.Answer.Details) : null;
        if (check is NodeCheck.Ordered ordered)
        {
            var end = await new OrderFollower(monitor, _ => { }) { Patience = Patience }.FollowAsync(ordered.Order, cancellation);
            answer = (end as FollowedOrder.Over)?.Order.Outcome?.Answer;
            if (answer is null)
            {
                return (null, monitor.Shell.Fail(ExitCode.Failed, $"{node} was not checked: {end.Text()}"));
            }
        }

        // After the check: what it saved is stored now.
        var stored = await monitor.Client.NodeAsync(node, cancellation);
        return stored is MonitorReply<NodeView>.Got { Value: var view }
            ? ([RemoteStatusOf.Checked(view, answer!)], ExitCode.Working)
            : (null, await monitor.FailAsync(stored, node, cancellation));
    }

    private async Task<(IReadOnlyList<NodeStatus>? Nodes, int Exit)> CheckAllAsync(CheckMethod by, CancellationToken cancellation)
    {
        var reply = await monitor.Client.CheckAllAsync(by, save, MonitorClient.MaxWait, cancellation);
        if (reply is not MonitorReply<CheckSummary>.Got { Value: var summary })
        {
            return (null, monitor.Fail(reply));
        }

        var (nodes, exit) = await monitor.NodesAsync(cancellation);
        var answers = summary.Nodes.ToImmutableDictionary(n => n.Id);
        return (nodes?.Select(n => answers.TryGetValue(n.Id, out var answer) ? RemoteStatusOf.Checked(n, answer) : RemoteStatusOf.View(n)).ToList(), exit);
    }
}
