namespace MoneroCloud.Core;

/// <summary>Nodes by state. A disabled node is in none of the counts.</summary>
/// <param name="Working">Up or Degraded.</param>
/// <param name="Degraded">Those of <paramref name="Working"/> that are Degraded.</param>
public readonly record struct NodeCounts(int Working, int Degraded, int Failed, int Unknown)
{
    public int Total => Working + Failed + Unknown;

    public static NodeCounts Of(IEnumerable<HealthState> states) => states.Aggregate(new NodeCounts(), (counts, state) => state switch
    {
        HealthState.Up => counts with { Working = counts.Working + 1 },
        HealthState.Degraded => counts with { Working = counts.Working + 1, Degraded = counts.Degraded + 1 },
        HealthState.Down => counts with { Failed = counts.Failed + 1 },
        HealthState.Unknown => counts with { Unknown = counts.Unknown + 1 },
        _ => counts,
    });
}
