namespace MoneroCloud.Core;

/// <summary>One alert over one channel.</summary>
public sealed record AlertView
{
    public required Alert Alert { get; init; }

    /// <summary>Empty while it is not decided, "-" where it was hidden.</summary>
    public required string Channel { get; init; }

    public required AlertStatus Status { get; init; }

    /// <summary>Tries to deliver it.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried (again); null when it is over.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the channel took or refused it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What the channel gave as proof.</summary>
    public string? Receipt { get; init; }

    /// <summary>Why it was refused, or why the last try failed.</summary>
    public string? Trouble { get; init; }

    /// <summary>The message it went out with, or is tried in; what the receiver may drop repeats by.</summary>
    public string? Message { get; init; }

    /// <summary>The channel that refused it; null where this is not the fallback.</summary>
    public string? EscalatedFrom { get; init; }

    /// <summary>So many times it may have been sent without a record: each could be a duplicate. Null for none.</summary>
    public int? LostClaims { get; init; }
}
