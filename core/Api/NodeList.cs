using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>
/// What <c>GET /api/nodes</c> answers, by id. The counts are of all nodes that the filters let through, the list is one page of them;
/// disabled nodes are listed and not counted.
/// </summary>
public sealed record NodeList
{
    public required int Total { get; init; }

    public required int Working { get; init; }

    public required int Degraded { get; init; }

    public required int Failed { get; init; }

    public required int Unknown { get; init; }

    public required ImmutableArray<NodeView> Nodes { get; init; }

    /// <summary>For <c>after</c>: there is another page. Null on the last.</summary>
    public string? Next { get; init; }
}
