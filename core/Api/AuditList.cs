using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What <c>GET /api/audit</c> answers, newest first.</summary>
public sealed record AuditList(ImmutableArray<AuditView> Entries)
{
    /// <summary>For <c>before</c>: there may be older ones. Null on the last page.</summary>
    public DateTimeOffset? Next { get; init; }
}
