namespace MoneroCloud.Bench;

/// <summary>What the tick bench is asked to do.</summary>
internal sealed record TickOptions
{
    /// <summary>The published <c>MoneroCloud.Functions</c>.</summary>
    public required string Monitor { get; init; }

    /// <summary>The published <c>MoneroCloud.Bench.Prober</c>.</summary>
    public required string Prober { get; init; }

    public required int Nodes { get; init; }

    /// <summary>Ticks of each, of which every node answers.</summary>
    public required int Rounds { get; init; }

    /// <summary>Ticks of each before the first that counts.</summary>
    public required int WarmUp { get; init; }

    /// <summary>Nodes that never answer, in the second part.</summary>
    public required int Hung { get; init; }

    /// <summary>Ticks of each with the hung nodes.</summary>
    public required int HungRounds { get; init; }
}
