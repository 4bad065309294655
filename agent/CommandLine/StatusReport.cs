using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>All nodes with their counts: working = Up and Degraded, failed = Down; disabled ones are listed and not counted.</summary>
internal sealed record StatusReport(int Total, int Working, int Degraded, int Failed, int Unknown, ImmutableArray<NodeStatus> Nodes)
{
    /// <summary>How it stands with the monitor; null where no agent runs.</summary>
    public LinkStatus? Monitor { get; init; }

    public static StatusReport Of(IReadOnlyCollection<NodeStatus> nodes)
    {
        var counts = NodeCounts.Of(nodes.Select(n => n.CountedState));
        return new StatusReport(counts.Total, counts.Working, counts.Degraded, counts.Failed, counts.Unknown, [.. nodes]);
    }
}
