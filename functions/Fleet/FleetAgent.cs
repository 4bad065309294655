using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>An agent of a <see cref="FleetSnapshot"/>: as it is stored, and as it is shown.</summary>
internal sealed record FleetAgent(AgentRecord Record, AgentView View);
