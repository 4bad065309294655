namespace MoneroCloud.Core;

/// <summary>How many probable verdicts in a row change the state.</summary>
/// <param name="Fail">Away from Up; at least 1.</param>
/// <param name="Recover">Back to Up; at least 1.</param>
public sealed record HealthPolicy(int Fail = 2, int Recover = 2)
{
    public static HealthPolicy Default { get; } = new();
}
