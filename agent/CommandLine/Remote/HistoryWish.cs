namespace MoneroCloud.Agent;

/// <summary>What of a node's past is shown, and how.</summary>
internal sealed record HistoryWish
{
    /// <summary>An id or a name.</summary>
    public required string Node { get; init; }

    /// <summary>Null: as far back as is kept.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>At most; the newest.</summary>
    public required int Lines { get; init; }

    public OutputFormat Format { get; init; }
}
