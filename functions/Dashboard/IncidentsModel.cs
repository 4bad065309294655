using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is wrong, and what was.</summary>
public sealed record IncidentsModel(ImmutableArray<IncidentView> Open, bool MoreOpen, ImmutableArray<IncidentView> Resolved, bool MoreResolved);
