namespace MoneroCloud.Bench;

/// <summary>What the handler bench is asked to do.</summary>
internal sealed record HandlerOptions
{
    /// <summary>The published <c>MoneroCloud.Functions</c>.</summary>
    public required string Monitor { get; init; }

    public required int Starts { get; init; }
}
