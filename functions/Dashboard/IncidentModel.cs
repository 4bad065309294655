using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One incident with all that is known around it.</summary>
/// <param name="LeftOut">What of the timeline is not shown, in words.</param>
public sealed record IncidentModel(IncidentView Incident, ImmutableArray<TimelineEntry> Timeline, ImmutableArray<string> LeftOut);
