using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What one report says of one node: its part of the inventory and of the state, and the agent's events in their order.</summary>
internal sealed record NodeReport
{
    public required NodeId Id { get; init; }

    public required ReportNumber Report { get; init; }

    /// <summary>Null where the report had no room for it.</summary>
    public required ReportedNode? State { get; init; }

    /// <summary>Of this node.</summary>
    public required ImmutableArray<NodeEvent> Events { get; init; }

    /// <summary>Events wait that are older than the state: it would overtake them.</summary>
    public required bool More { get; init; }

    /// <summary>When it was told, by the agent's clock carried on to this moment.</summary>
    public required DateTimeOffset ToldAt { get; init; }

    /// <summary>The agent's newest inventory has it: an older report may tell of a node that was removed since, and brings none of those back.</summary>
    public required bool IsDeclared { get; init; }
}
