using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>One agent with its nodes.</summary>
/// <param name="Nodes">Trouble first, as far as there is room.</param>
/// <param name="MoreNodes">Nodes of its that are not shown.</param>
/// <param name="History">The newest first.</param>
public sealed record AgentModel(
    AgentView Agent, IncidentView? Incident, ImmutableArray<Fact> Facts, ImmutableArray<NodeView> Nodes, int MoreNodes, ImmutableArray<HistoryEntry> History);
