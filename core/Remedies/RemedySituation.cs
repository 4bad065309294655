namespace MoneroCloud.Core;

/// <summary>What a restart is decided by beside the node's own record.</summary>
internal sealed record RemedySituation
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>How old what its host saw is: from the look to this moment, by the host's clock.</summary>
    public required TimeSpan EvidenceAge { get; init; }

    /// <summary>Older than this it does not speak for the host any more: two reports.</summary>
    public required TimeSpan EvidenceLimit { get; init; }

    /// <summary>The daemon that the node uses; null for a daemon, and where nothing is known of one.</summary>
    public DaemonStanding? Daemon { get; init; }
}
