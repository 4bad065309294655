using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>How it stands between the agent and its monitor, as the command line shows it.</summary>
internal sealed record LinkStatus
{
    public required bool Enrolled { get; init; }

    public string? Url { get; init; }

    /// <summary>To the bus.</summary>
    public bool Connected { get; init; }

    /// <summary>When the monitor last acked a report, in this life of the agent.</summary>
    public DateTimeOffset? LastAck { get; init; }

    /// <summary>When the bus last took a report, in this life of the agent.</summary>
    public DateTimeOffset? LastReport { get; init; }

    /// <summary>Events the monitor has not got.</summary>
    public long PendingEvents { get; init; }

    /// <summary>Who restarts what is frozen, blocked or hung.</summary>
    public RemedyActor Restarts { get; init; }

    /// <summary>What is in the way; null when nothing is.</summary>
    public string? Trouble { get; init; }
}
