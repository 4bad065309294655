namespace MoneroCloud.Core;

/// <summary>A fact with its node, its time (fixed when it is made) and its place: numbered without gaps within an agent's epoch.</summary>
public sealed record NodeEvent(long Epoch, long N, NodeName Node, DateTimeOffset At, NodeFact Fact);
