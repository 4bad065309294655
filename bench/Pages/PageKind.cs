namespace MoneroCloud.Bench;

/// <summary>What is asked for.</summary>
/// <param name="Address">Of the next request.</param>
internal sealed record PageKind(string What, Func<string> Address)
{
    /// <summary>Done before each time, so that the fleet is not in memory any more. It takes seconds, so these are asked less often. Null: nothing is.</summary>
    public Func<CancellationToken, Task>? Before { get; init; }

    /// <summary>What counts is asked for in minutes in which no node's past is in memory yet.</summary>
    public bool InFreshMinute { get; init; }
}
