namespace MoneroCloud.Core;

/// <summary>The body of <c>POST /api/maintenance</c>: a node or an agent, and one of the two ends.</summary>
public sealed record MaintenanceRequest
{
    /// <summary>Its id, or a name that no other node has.</summary>
    public string? Node { get; set; }

    /// <summary>Its name: it and all its nodes.</summary>
    public string? Agent { get; set; }

    /// <summary>From now on.</summary>
    public int? Minutes { get; set; }

    public DateTimeOffset? Until { get; set; }

    /// <summary>Who works on it, as he calls himself.</summary>
    public string? By { get; set; }

    public string? Comment { get; set; }
}
