using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>Rows of one shard, by their keys.</summary>
public sealed record ExportPage
{
    public required ImmutableArray<ExportedRow> Rows { get; init; }

    /// <summary>For <c>after</c>; null on the shard's last page.</summary>
    public string? Next { get; init; }
}
