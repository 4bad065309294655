using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What <c>GET /api/incidents</c> answers.</summary>
/// <param name="Incidents">Those that are open, the worst and then the newest first; behind them those that are over, newest first.</param>
public sealed record IncidentList(ImmutableArray<IncidentView> Incidents)
{
    /// <summary>There may be more than are listed: a limit or a bound was reached. Null when there are not.</summary>
    public bool? Truncated { get; init; }
}
