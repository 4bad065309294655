namespace MoneroCloud.Core;

/// <summary>The body of <c>POST /api/silences</c>: one of the two ends is needed.</summary>
public sealed record SilenceRequest
{
    /// <summary>Which alerts; not empty.</summary>
    public AlertMatch? Match { get; set; }

    /// <summary>Null: from now on.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>How long it lasts.</summary>
    public int? Minutes { get; set; }

    public DateTimeOffset? Until { get; set; }

    /// <summary>Who wants it, as he calls himself.</summary>
    public string? By { get; set; }

    public string? Comment { get; set; }
}
