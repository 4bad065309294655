namespace MoneroCloud.Bench;

/// <summary>What the restart bench is asked to do.</summary>
internal sealed record RestartOptions
{
    public required Programs Programs { get; init; }

    public required ChildKind Kind { get; init; }

    /// <summary>Of each supervisor.</summary>
    public required int Children { get; init; }

    /// <summary>Of each supervisor's children, in turn.</summary>
    public required int Kills { get; init; }

    /// <summary>The least time between two kills of one child.</summary>
    public required TimeSpan Gap { get; init; }

    /// <summary>From "all answer" to the first kill.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>After the last kill; what is not back by then never came.</summary>
    public required TimeSpan Patience { get; init; }

    public required int Seed { get; init; }
}
