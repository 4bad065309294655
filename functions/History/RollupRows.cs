using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Hours and days that are over, as rows of the write that closed them. A day is a row. The hours of a day are parts of one, to which each is added when it is over: a store
/// then holds and reads a twentieth of the rows.
/// </summary>
internal static class RollupRows
{
    /// <summary>So many at most of one node in one write: <see cref="RollupFold"/> lets no more wait.</summary>
    public const int Most = 12;

    /// <summary>Hours in one row, should a clock go to and fro: what fits into one text when it is imported, and into the columns that Azure has.</summary>
    internal const int MostParts = 72;

    public static IEnumerable<RowChange> Of(RollupStep step) =>
        [.. Hours(step.Next.Id, step.Hours), .. step.Days.Select(d => Day(step.Next.Id, d))];

    /// <summary>It may go in a batch with the rows of other nodes: nothing else is written with it than roll-ups.</summary>
    public static bool IsPlain(IReadOnlyList<RowChange> rows) => rows.Skip(1).All(r => r.Key.Key.StartsWith(Keys.AllRollups, StringComparison.Ordinal));

    public static RowChange.Put Day(NodeId id, RollupBucket day) => new(new Row { Key = Keys.Day(id, day), Doc = JsonSerializer.Serialize(day, CoreJson.Default.RollupBucket) });

    /// <summary>The row to which an hour belongs.</summary>
    public static RowKey HoursOf(NodeId id, RollupBucket hour) => Keys.Hours(id, hour, MostParts);

    /// <summary>One change for each row to which some of them belong.</summary>
    public static IEnumerable<RowChange.Merge> Hours(NodeId id, IEnumerable<RollupBucket> hours) => hours.GroupBy(h => HoursOf(id, h)).Select(row =>
        new RowChange.Merge(row.Key, row.ToImmutableSortedDictionary(PartOf, h => JsonSerializer.Serialize(h, CoreJson.Default.RollupBucket), StringComparer.Ordinal)));

    /// <summary>What stands in a row; nothing where it cannot be read, of which <paramref name="skipped"/> is told.</summary>
    public static IEnumerable<RollupBucket> Read(Row row, RollupSpan span, Action<UnreadableRowException> skipped) => span == RollupSpan.Day
        ? Documents.TryRead(row, CoreJson.Default.RollupBucket, skipped) is { Value: { IsOfAnyTime: true } day } ? [day] : []
        : Documents.TryRead(row, CoreJson.Default.DictionaryStringRollupBucket, skipped)?.Value.Values.OfType<RollupBucket>().Where(h => h.IsOfAnyTime) ?? [];

    /// <summary>Where a row belongs by what stands in it; null where it cannot be read, or belongs nowhere.</summary>
    public static RowKey? PlaceOf(NodeId id, Row row, RollupSpan span)
    {
        if (span == RollupSpan.Day)
        {
            return Documents.TryRead(row, CoreJson.Default.RollupBucket, _ => { }) is { Value: var day } ? Keys.Day(id, day) : null;
        }

        var parts = Documents.TryRead(row, CoreJson.Default.DictionaryStringRollupBucket, _ => { })?.Value;
        return parts?.All(p => p.Value is not null && p.Key == PartOf(p.Value)) == true && parts.Values.Select(h => HoursOf(id, h)).Distinct().ToList() is [var one] ? one : null;
    }

    /// <summary>Another for each that was ever begun.</summary>
    private static string PartOf(RollupBucket hour) => $"h{hour.From.Hour:00}_{hour.Began}_{hour.Number}";
}
