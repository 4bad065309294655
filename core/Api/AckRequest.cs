namespace MoneroCloud.Core;

/// <summary>The body of <c>POST /api/incidents/{id}/ack</c>, which may be left out. At most one of the two times.</summary>
public sealed record AckRequest
{
    /// <summary>From now on; neither this nor a time: 240.</summary>
    public int? Minutes { get; set; }

    public DateTimeOffset? Until { get; set; }

    /// <summary>Who sees to it, as he calls himself.</summary>
    public string? By { get; set; }

    public string? Comment { get; set; }
}
