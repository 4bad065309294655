using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What is true of this process alone.</summary>
/// <param name="Queues">Empty where the platform keeps them, or the broker did not say in time.</param>
internal sealed record InstanceFacts(ProcessFacts Process, StorageTally Storage, ImmutableArray<QueueDepth> Queues);
