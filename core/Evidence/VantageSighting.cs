namespace MoneroCloud.Core;

/// <summary>The observer about itself: is what it sees to be believed?</summary>
/// <param name="SelfCheckFailed">Why its own network or storage cannot be trusted; null when it can.</param>
/// <param name="NewlyFailed">Nodes that newly failed in this tick.</param>
/// <param name="Observed">Nodes observed in this tick.</param>
/// <param name="Agents">Agents to which the newly failed nodes belong.</param>
public sealed record VantageSighting(string? SelfCheckFailed, int NewlyFailed, int Observed, int Agents)
{
    public static VantageSighting Sound { get; } = new(null, 0, 0, 0);

    /// <summary>Most nodes of several agents newly failing at once says something about the observer, not about them.</summary>
    public bool Doubtful => SelfCheckFailed is not null || (Agents > 1 && NewlyFailed * 2 > Observed);
}
