using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>What a tick gathered in one shard, under the shard's lease.</summary>
/// <param name="Begun">A timestamp of the monitor's clock.</param>
internal sealed record ShardTick(Shard Shard, ImmutableArray<GatheredNode> Nodes, long Begun);
