using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>One page of a node's hours or days, newest first.</summary>
public sealed record RollupList
{
    /// <summary>The node's id.</summary>
    public required string Node { get; init; }

    public required RollupSpan Span { get; init; }

    public required ImmutableArray<RollupView> Rollups { get; init; }

    /// <summary>For <c>before</c>: there may be older ones. Null on the last page.</summary>
    public DateTimeOffset? Next { get; init; }
}
