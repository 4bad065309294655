namespace MoneroCloud.Bench;

/// <summary>What the crowd bench is asked to do.</summary>
internal sealed record CrowdOptions
{
    public required Programs Programs { get; init; }

    public required ChildKind Kind { get; init; }

    public required int Children { get; init; }

    /// <summary>How often all of them are killed at once.</summary>
    public required int Rounds { get; init; }

    /// <summary>From "all answer" to the first sample, and to each round of kills.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>Of the sampling while nothing happens.</summary>
    public required TimeSpan Duration { get; init; }
}
