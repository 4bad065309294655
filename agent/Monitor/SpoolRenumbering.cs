using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Writes events anew with other numbers, into segments beside the old ones.</summary>
internal static class SpoolRenumbering
{
    /// <param name="folder">Where.</param>
    /// <param name="epoch">The new one.</param>
    /// <param name="segmentLimit">Bytes a segment.</param>
    /// <param name="events">In their order, oldest first.</param>
    /// <returns>The new segments, and the last number that was given.</returns>
    public static (ImmutableArray<SpoolSegment> Segments, long Last) Run(SpoolFolder folder, long epoch, long segmentLimit, IEnumerable<NodeEvent> events)
    {
        using var writer = new SpoolWriter(folder, segmentLimit, []);
        var n = 0L;
        foreach (var happened in events)
        {
            n++;
            var next = happened with { Epoch = epoch, N = n, Fact = Shifted(happened.Fact, happened.N - n) };
            writer.Append(n, epoch, JsonSerializer.SerializeToUtf8Bytes(next, CoreJson.Default.NodeEvent));
        }

        return (writer.Segments, n);
    }

    private static NodeFact Shifted(NodeFact fact, long by) => fact is NodeFact.Observed { Seen: var seen }
        ? new NodeFact.Observed(seen with { AfterEvent = Math.Max(0, seen.AfterEvent - by) })
        : fact;
}
