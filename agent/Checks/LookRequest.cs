using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What one look at a node shall gather.</summary>
internal sealed record LookRequest
{
    /// <summary>The evidence that needs no looking: kind, port, what is declared and desired.</summary>
    public required NodeEvidence Blank { get; init; }

    public required NodeConfig Config { get; init; }

    /// <summary>The process that should be alive; null when there is none.</summary>
    public NodeLife? Process { get; init; }

    /// <summary>How the last process ended, for when there is none; or that none could be seen.</summary>
    public required ProcessSighting Gone { get; init; }

    public required bool AskApi { get; init; }

    /// <summary>Somebody else runs it, and no process of it is known.</summary>
    public bool IsUnheld => Process is null && Config.Manage == NodeManage.Watch;
    /// <summary>Of one RPC call; null for the configured one.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>It has not answered yet: the API is asked only once something listens.</summary>
    public bool Starting { get; init; }
}
