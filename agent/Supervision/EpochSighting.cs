using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The newest observation of a node, with the epoch in which it was numbered: in another one its numbers mean nothing.</summary>
internal sealed record EpochSighting(long Epoch, ObservedEvidence Seen);
