namespace MoneroCloud.Bench;

/// <summary>What the event bench is asked to do.</summary>
internal sealed record EventOptions
{
    public required Programs Programs { get; init; }

    /// <summary>The published <c>MoneroCloud.Functions</c>.</summary>
    public required string Monitor { get; init; }

    /// <summary>They are killed in turn.</summary>
    public required int Children { get; init; }

    public required int Kills { get; init; }

    /// <summary>The least time between two kills of one child.</summary>
    public required TimeSpan Gap { get; init; }
}
