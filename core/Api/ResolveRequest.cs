namespace MoneroCloud.Core;

/// <summary>The body of <c>POST /api/incidents/{id}/resolve</c>, which may be left out.</summary>
public sealed record ResolveRequest
{
    /// <summary>Who resolves it, as he calls himself.</summary>
    public string? By { get; set; }

    public string? Comment { get; set; }
}
