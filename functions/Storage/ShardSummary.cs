namespace MoneroCloud.Functions;

/// <summary>What one tick of the probe timer found in a shard.</summary>
internal sealed record ShardSummary
{
    /// <summary>When the tick ended; null when none has yet. What is counted in between does not make it younger.</summary>
    public DateTimeOffset? TickedAt { get; set; }

    /// <summary>How long that tick took; null where none has yet.</summary>
    public double? TickSeconds { get; set; }

    /// <summary>Nodes there are, disabled ones too: those are taken off by their own rows, so that a count follows at once.</summary>
    public int Total { get; set; }

    /// <summary>Nodes that were probed from here.</summary>
    public int Probed { get; set; }
}
