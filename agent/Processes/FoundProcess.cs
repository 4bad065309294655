using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A living process that carries a marker of this agent. Whoever asked owns the handle.</summary>
/// <param name="IsLeader">
/// It leads its session, so it is what the agent spawned; else it is a descendant of that, which inherits the marker.
/// </param>
internal sealed record FoundProcess(ProcessIdentity Identity, PidFd PidFd, bool IsLeader);
