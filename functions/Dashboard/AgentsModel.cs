using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>All agents, as far as there is room.</summary>
/// <param name="Agents">Those that are silent first.</param>
/// <param name="More">Agents that are not shown.</param>
public sealed record AgentsModel(ImmutableArray<AgentView> Agents, int More);
