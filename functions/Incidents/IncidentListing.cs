using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <param name="Incidents">As <see cref="IncidentList"/> has them.</param>
/// <param name="Truncated">A limit or a bound was reached: there may be more.</param>
internal sealed record IncidentListing(List<Incident> Incidents, bool Truncated);
