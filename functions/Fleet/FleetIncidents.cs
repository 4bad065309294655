using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The incidents of a fleet as they were read once, each in one of the two lists.</summary>
/// <param name="ReadAt">When the reading began: nothing here is older.</param>
/// <param name="Open">The worst first.</param>
/// <param name="Resolved">The newest first.</param>
internal sealed record FleetIncidents(DateTimeOffset ReadAt, ImmutableArray<Incident> Open, bool MoreOpen, ImmutableArray<Incident> Resolved, bool MoreResolved)
{
    /// <summary>Resolved ones that are read.</summary>
    public const int MostResolved = 50;

    /// <param name="resolved">Read after the fleet: what was open then and is over by now is in both, and what is over is in this.</param>
    public static FleetIncidents Of(FleetSnapshot fleet, IncidentListing resolved)
    {
        var over = resolved.Incidents.Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        return new(fleet.ReadAt, [.. fleet.OpenIncidents.Where(i => !over.Contains(i.Id))], fleet.IncidentsTruncated, [.. resolved.Incidents], resolved.Truncated);
    }
}
