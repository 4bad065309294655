using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The daemons of one shard as its last tick found them.</summary>
internal sealed record ShardDaemons
{
    public ImmutableArray<DaemonSeen> Daemons { get => field.IsDefault ? [] : field; set; } = [];
}
