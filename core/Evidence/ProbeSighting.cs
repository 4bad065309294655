namespace MoneroCloud.Core;

/// <summary>The monitor's own probe of a declared <c>probeUrl</c>.</summary>
/// <param name="Answer">What the probe got.</param>
public sealed record ProbeSighting(ApiAnswer Answer);
