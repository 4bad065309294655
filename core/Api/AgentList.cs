using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What <c>GET /api/agents</c> answers, by name.</summary>
public sealed record AgentList(ImmutableArray<AgentView> Agents);
