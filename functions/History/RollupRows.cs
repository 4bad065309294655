using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Hours and days that are over, as rows of the write that closed them.</summary>
internal static class RollupRows
{
    /// <summary>So many at most of one node in one write: <see cref="RollupFold"/> lets no more wait.</summary>
    public const int Most = 12;

    public static IEnumerable<RowChange> Of(RollupStep step) =>
        [.. step.Hours.Select(h => Put(step.Next.Id, RollupSpan.Hour, h)), .. step.Days.Select(d => Put(step.Next.Id, RollupSpan.Day, d))];

    /// <summary>It may go in a batch with the rows of other nodes: nothing else is written with it than roll-ups.</summary>
    public static bool IsPlain(IReadOnlyList<RowChange> rows) => rows.Skip(1).All(r => r.Key.Key.StartsWith(Keys.AllRollups, StringComparison.Ordinal));

    private static RowChange.Put Put(NodeId id, RollupSpan span, RollupBucket bucket) =>
        new(new Row { Key = Keys.Rollup(id, span, bucket), Doc = JsonSerializer.Serialize(bucket, CoreJson.Default.RollupBucket) });
}
