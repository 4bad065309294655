using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A living process of an earlier agent, proven by marker and start time after its pidfd was opened.</summary>
internal sealed record AdoptableProcess(NodeName Node, ProcessIdentity Identity, PidFd PidFd, TimeSpan Age);
