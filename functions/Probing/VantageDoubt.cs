namespace MoneroCloud.Functions;

/// <summary>The monitor's doubt in what it sees, for as long as it lasts.</summary>
internal sealed record VantageDoubt
{
    public DateTimeOffset Since { get; set; }

    /// <summary>The last tick that was in doubt.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>The alert on the monitor itself, and when it may be sent.</summary>
    public string AlertId { get; set; } = "";

    public DateTimeOffset Due { get; set; }
}
