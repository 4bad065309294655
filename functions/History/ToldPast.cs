using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>A node's past as it was read once: how long it was in which state, in any part of it.</summary>
/// <param name="Days">Those before <see cref="NodePast.ExactFrom"/>, by their begins.</param>
internal sealed record ToldPast(NodeId Node, NodePast Past, IReadOnlyDictionary<DateTimeOffset, RollupBucket> Days)
{
    /// <param name="from">Not before what was read.</param>
    /// <param name="slices">0 for none.</param>
    public UptimeView Uptime(DateTimeOffset from, DateTimeOffset to, int slices) => UptimeView.Of(from, to, Past.Between(from, to, Days)) with
    {
        Node = Node.ToString(),
        Slices = slices == 0 ? null : [.. Parts(from, to, slices).Select(p => UptimeView.Of(p.From, p.To, Past.Between(p.From, p.To, Days)))],
    };

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Parts(DateTimeOffset from, DateTimeOffset to, int count) =>
        Enumerable.Range(0, count).Select(i => (Moment(from, to, i, count), Moment(from, to, i + 1, count)));

    private static DateTimeOffset Moment(DateTimeOffset from, DateTimeOffset to, int part, int count) => from + TimeSpan.FromTicks((long)((Int128)(to - from).Ticks * part / count));
}
