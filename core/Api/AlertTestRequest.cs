namespace MoneroCloud.Core;

/// <summary>The body of <c>POST /api/alerts/test</c>.</summary>
public sealed record AlertTestRequest
{
    /// <summary>As the configuration names it.</summary>
    public string? Channel { get; set; }

    /// <summary>Who tries it, as he calls himself.</summary>
    public string? By { get; set; }
}
