namespace MoneroCloud.Functions;

/// <summary>Which incidents are asked for.</summary>
internal sealed record IncidentFilter
{
    public bool Open { get; init; } = true;

    public bool Resolved { get; init; }

    /// <summary>Null for all.</summary>
    public string? Subject { get; init; }

    /// <summary>Of those that are over, only what was opened at that time or later; what is open is shown however old it is.</summary>
    public DateTimeOffset? Since { get; init; }
}
