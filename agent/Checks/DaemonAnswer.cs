namespace MoneroCloud.Agent;

/// <summary>What the daemon at an address said, and when.</summary>
/// <param name="At">By the agent's monotonic clock.</param>
internal sealed record DaemonAnswer(DaemonWord Word, TimeSpan At);
