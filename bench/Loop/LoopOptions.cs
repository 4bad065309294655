namespace MoneroCloud.Bench;

/// <summary>What the loop bench is asked to do.</summary>
internal sealed record LoopOptions
{
    public required Programs Programs { get; init; }

    public required int Children { get; init; }

    public required TimeSpan Duration { get; init; }
}
