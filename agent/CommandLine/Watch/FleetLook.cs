using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What one look at the nodes of an agent or of a monitor brought.</summary>
internal sealed record FleetLook
{
    public required DateTimeOffset At { get; init; }

    /// <summary>By id.</summary>
    public IReadOnlyList<NodeStatus> Nodes { get; init; } = [];

    /// <summary>What the agent says of its monitor; null where a monitor itself was asked.</summary>
    public LinkStatus? Monitor { get; init; }

    /// <summary>Why nothing was seen: one printable sentence; null when all was.</summary>
    public string? Trouble { get; init; }

    /// <summary>Of a trouble: the exit code, if it is there from the very beginning.</summary>
    public int Exit { get; init; } = ExitCode.Failed;
}
