using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>All that says in which state a node was.</summary>
internal sealed record StateSource
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>What was before is not known: its history is not kept any more.</summary>
    public required DateTimeOffset Oldest { get; init; }

    /// <summary>The node's own history, oldest first or newest first; of what is older than asked for, at least the last change of state.</summary>
    public required ImmutableArray<HistoryEntry> Entries { get; init; }

    /// <summary>As its record says it now; null where the node is gone.</summary>
    public NodeRecord? Present { get; init; }

    /// <summary>Only the monitor looks at it.</summary>
    public bool IsRemote { get; init; }

    /// <summary>When its agent was silent.</summary>
    public ImmutableArray<Spell> Silences { get; init; } = [];

    /// <summary>When the monitor did not run.</summary>
    public ImmutableArray<Spell> Gaps { get; init; } = [];

    /// <summary>When it was in doubt of what it saw.</summary>
    public ImmutableArray<Spell> Doubts { get; init; } = [];
}
