using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>One page of a subject's history, newest first.</summary>
public sealed record HistoryView
{
    /// <summary>A node's id, or an agent's name.</summary>
    public required string Subject { get; init; }

    public required ImmutableArray<HistoryEntry> Entries { get; init; }

    /// <summary>For <c>before</c>: there may be older entries. Null on the last page.</summary>
    public string? Next { get; init; }
}
