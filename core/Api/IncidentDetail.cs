using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>One incident with all that happened around it.</summary>
public sealed record IncidentDetail
{
    public required IncidentView Incident { get; init; }

    /// <summary>Oldest first.</summary>
    public required ImmutableArray<TimelineEntry> Timeline { get; init; }

    /// <summary>What the timeline does not hold, in words; null when it holds everything.</summary>
    public ImmutableArray<string>? LeftOut { get; init; }
}
