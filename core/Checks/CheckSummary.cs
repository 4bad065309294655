using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// What check-all answers. <c>total = working + failed + unknown</c>; a disabled node is listed and not counted.
/// </summary>
public sealed record CheckSummary(int Total, int Working, int Degraded, int Failed, int Unknown, ImmutableArray<CheckedNode> Nodes)
{
    public static CheckSummary Of(IEnumerable<CheckedNode> nodes)
    {
        var list = nodes.ToImmutableArray();
        var counts = NodeCounts.Of(list.Select(n => n.State));
        return new(counts.Total, counts.Working, counts.Degraded, counts.Failed, counts.Unknown, list);
    }
}
