namespace MoneroCloud.Bench;

/// <summary>What the cold bench is asked to do.</summary>
internal sealed record ColdOptions
{
    public required Programs Programs { get; init; }

    /// <summary>Wallets under each supervisor; they are killed in turn.</summary>
    public required int Children { get; init; }

    /// <summary>Of each: started by hand, and killed under each supervisor.</summary>
    public required int Trials { get; init; }

    /// <summary>The least time between two kills of one wallet.</summary>
    public required TimeSpan Gap { get; init; }
}
