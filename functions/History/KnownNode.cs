using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A node and its agent as somebody has just read them.</summary>
/// <param name="Agent">Null for a remote node, and where the agent is not enrolled any more.</param>
internal sealed record KnownNode(NodeRecord Node, Task<AgentRecord?> Agent);
