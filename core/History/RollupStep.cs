using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>A node's record with what was folded in, and the hours and days that get their rows in the same write.</summary>
internal sealed record RollupStep(NodeRecord Next, ImmutableArray<RollupBucket> Hours, ImmutableArray<RollupBucket> Days);
