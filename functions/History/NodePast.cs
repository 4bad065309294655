using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>In which state a node was, from its transitions.</summary>
/// <param name="Node">As it is stored now; null where it is gone.</param>
/// <param name="ExactFrom">The begin of a day: what was before is in the days' roll-ups alone, since its transitions are not kept.</param>
/// <param name="Older">Something is known of it from before the time that was asked for.</param>
/// <param name="Newest">Of its history, as far as it had to be read: at most <see cref="PastReader.MostNewest"/> rows.</param>
/// <param name="Orders">The ids of the last <see cref="PastReader.MostOrders"/>, newest first.</param>
internal sealed record NodePast(NodeRecord? Node, StateLine Line, DateTimeOffset ExactFrom, bool Older, HistoryView Newest, ImmutableArray<string> Orders)
{
    /// <param name="days">Those of the time before <see cref="ExactFrom"/>, by their begins. Of a part of a day its share is taken.</param>
    public StateTimes Between(DateTimeOffset from, DateTimeOffset to, IReadOnlyDictionary<DateTimeOffset, RollupBucket> days)
    {
        var times = default(StateTimes);
        while (from < to && from < ExactFrom)
        {
            var (day, length) = (RollupSpan.Day.StartOf(from), RollupSpan.Day.Length());
            var end = day + length < to ? day + length : to;
            times += days.TryGetValue(day, out var bucket) ? bucket.Times(length).Times((end - from) / length) : default(StateTimes) with { Unknown = end - from };
            from = end;
        }

        return from < to ? times + Line.Between(from, to) : times;
    }
}
