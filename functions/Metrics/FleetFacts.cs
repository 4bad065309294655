using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The fleet at one moment.</summary>
/// <param name="Nodes">By id.</param>
/// <param name="Agents">By name.</param>
/// <param name="Open">Incidents that are open.</param>
/// <param name="Truncated">More are open.</param>
internal sealed record FleetFacts(
    ImmutableArray<(NodeRecord Record, NodeView View)> Nodes, ImmutableArray<AgentRecord> Agents, ImmutableArray<Incident> Open, bool Truncated, DateTimeOffset At);
