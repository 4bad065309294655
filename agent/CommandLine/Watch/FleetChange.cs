using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What became of one node between two looks.</summary>
/// <param name="Before">Null for one that was not there.</param>
/// <param name="After">Null for one that is not there any more.</param>
internal sealed record FleetChange(DateTimeOffset At, string Id, NodeStatus? Before, NodeStatus? After)
{
    /// <summary>As one printable line, without its time.</summary>
    public string Text() => ShownText.Printable((Before, After) switch
    {
        (null, { } after) => $"{Id}: {State(after)}",
        (_, null) => $"{Id}: not there any more",
        ({ } before, { } after) when before.CountedState != after.CountedState => $"{Id}: {before.CountedState} -> {State(after)}",
        ({ } before, { } after) when before.Condition == after.Condition => $"{Id}: {after.CountedState}, {after.Condition}, pid {Pid(before)} -> {Pid(after)}: {after.Message}",
        (_, { } after) => $"{Id}: {State(after)}",
    });

    /// <summary>Of nodes in one order of ids, with those that changed what somebody who watches wants to know.</summary>
    public static IReadOnlyList<FleetChange> Between(IReadOnlyList<NodeStatus> before, FleetLook now)
    {
        var old = before.ToDictionary(n => n.Id, StringComparer.Ordinal);
        var there = now.Nodes.Select(n => n.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. now.Nodes.Where(n => !old.TryGetValue(n.Id, out var was) || Differs(was, n)).Select(n => new FleetChange(now.At, n.Id, old.GetValueOrDefault(n.Id), n)),
            .. before.Where(n => !there.Contains(n.Id)).Select(n => new FleetChange(now.At, n.Id, n, null)),
        ];
    }

    private static bool Differs(NodeStatus before, NodeStatus after) =>
        before.CountedState != after.CountedState || before.Condition != after.Condition || before.Pid != after.Pid;

    private static string State(NodeStatus node) => $"{node.CountedState}, {node.Condition}: {node.Message}";

    private static string Pid(NodeStatus node) => node.Pid is { } pid ? $"{pid}" : "none";
}
