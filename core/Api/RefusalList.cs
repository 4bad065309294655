using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What <c>GET /api/refusals</c> answers, the most recent first.</summary>
public sealed record RefusalList(ImmutableArray<RefusalView> Refusals);
