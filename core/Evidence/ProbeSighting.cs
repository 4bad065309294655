namespace MoneroCloud.Core;

/// <summary>The monitor's own probe of a declared <c>probeUrl</c>.</summary>
/// <param name="Answer">What the probe got.</param>
public sealed record ProbeSighting(ApiAnswer Answer)
{
    /// <summary>How old the probe is. The younger of two vantages is believed; past two reports it does not count.</summary>
    public TimeSpan Age { get; init; }
}
