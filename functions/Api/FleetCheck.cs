using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Checks all nodes there and then, some side by side; what did not answer in time is told as it is stored.</summary>
internal sealed class FleetCheck(ApiParts parts)
{
    private const int AtOnce = 32;

    /// <summary>Beside what the client lets an agent wait: no check begins later.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly NodeChecker _checker = new(parts);

    /// <summary>One that is saved is one line of the record, however many nodes there are.</summary>
    public Task<CheckSummary> CheckAsync(CheckWish wish, CancellationToken cancellation) => !wish.Save
        ? AllAsync(wish, cancellation)
        : parts.Audit.DoAsync(
            new AuditIntent(wish.Caller, OperatorWord.Named(wish.Caller), "check all and save", NodeId.Monitor) { Details = $"method {wish.Method.ToString().ToLowerInvariant()}" },
            () => AllAsync(wish, cancellation),
            summary => $"{summary.Total} nodes",
            cancellation);

    private async Task<CheckSummary> AllAsync(CheckWish wish, CancellationToken cancellation)
    {
        var begun = parts.Monitor.Time.GetTimestamp();
        var agents = await parts.Directory.AgentsAsync(cancellation);
        var nodes = await parts.Directory.AllAsync(cancellation);
        var checkedNodes = new CheckedNode[nodes.Count];
        await Parallel.ForAsync(0, nodes.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, token) =>
        {
            var view = NodeViews.Of(nodes[i], agents.GetValueOrDefault(nodes[i].Id.Agent), parts.Monitor.Policy, parts.Monitor.Now);
            var left = Longest + wish.Wait - parts.Monitor.Time.GetElapsedTime(begun);
            checkedNodes[i] = view.State == HealthState.Disabled ? CheckedNode.Of(nodes[i].Id, view.State, view.Message)
                : left <= TimeSpan.Zero ? Unchecked(nodes[i], view, "there was no time left")
                : Of(nodes[i], view, await _checker.UnrecordedAsync(nodes[i], wish with { Wait = left < wish.Wait ? left : wish.Wait }, token));
        });
        return CheckSummary.Of(checkedNodes);
    }

    private static CheckedNode Of(NodeRecord node, NodeView view, CheckEnd end) => end switch
    {
        CheckEnd.Answered { Answer.Details: var details } => CheckedNode.Of(node.Id, StateOf(details, view.State), details.Explanation ?? view.Message) with { Condition = details.Condition },
        CheckEnd.Waits waits => Unchecked(node, view, $"no answer of its agent in time, order {waits.Order.Order.Id} goes on"),
        CheckEnd.Refused refused => Unchecked(node, view, refused.Why),
        _ => throw new InvalidOperationException("a check ends in one of three ways"),
    };

    private static CheckedNode Unchecked(NodeRecord node, NodeView view, string why) => CheckedNode.Of(node.Id, view.State, $"not checked: {why}; before: {view.Message}");

    /// <summary>What was just seen speaks alone, without a streak; where it says nothing, the state stays.</summary>
    private static HealthState StateOf(WorkedData details, HealthState before) => details.Condition is { } condition ? Diagnoser.StateOf(condition) ?? before : before;
}
