using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Composes what is told into reports within the bound. Every one of them carries the oldest events, for they come in any order and a
/// state must not come before the events it follows; the nodes are spread over as many as it takes.
/// </summary>
internal static class ReportComposer
{
    /// <param name="head">Without nodes and events; its number is given later.</param>
    /// <param name="states">In the order of their weight: taken before the events were read.</param>
    /// <param name="read">The oldest events, up to the bound.</param>
    /// <returns>At least one; each but for its number.</returns>
    public static IEnumerable<Report> Compose(Report head, IReadOnlyCollection<ReportedState> states, SpoolRead read)
    {
        var room = Report.MaxBytes - BytesOf(head with { Number = long.MaxValue, Nodes = [], Events = [], More = true });
        var sized = states.Select(s => Sized(s, head.Epoch)).ToArray();
        var events = Fitting(read.Events, Math.Max(room / 2, room - sized.Sum(s => s.Bytes + 1)));
        var more = read.More || events.Length < read.Events.Length;
        var through = events.IsEmpty ? read.Stored.N : events[^1].N;
        var left = room - events.Sum(e => BytesOf(e) + 1);
        var report = head with { Events = events, More = more };

        // While events wait that are older than a node's state, the state would be taken for older than they are.
        foreach (var nodes in Chunks(sized.Select(s => s.Node.Seen is { } seen && seen.AfterEvent > through ? Sized(s.Node with { Seen = null }) : s), left))
        {
            yield return report with { Nodes = nodes };
        }
    }

    private static (ReportedNode Node, int Bytes) Sized(ReportedState state, long epoch) =>
        Sized(state.Node with { Seen = state.Seen?.Epoch == epoch ? state.Seen.Seen : null });

    private static (ReportedNode Node, int Bytes) Sized(ReportedNode node) => (node, JsonSerializer.SerializeToUtf8Bytes(node, CoreJson.Default.ReportedNode).Length);

    private static ImmutableArray<NodeEvent> Fitting(ImmutableArray<NodeEvent> events, int budget)
    {
        var count = 0;
        foreach (var happened in events)
        {
            budget -= BytesOf(happened) + 1;
            if (budget < 0)
            {
                break;
            }

            count++;
        }

        return events[..count];
    }

    private static IEnumerable<ImmutableArray<ReportedNode>> Chunks(IEnumerable<(ReportedNode Node, int Bytes)> nodes, int room)
    {
        var chunk = ImmutableArray.CreateBuilder<ReportedNode>();
        var left = room;
        foreach (var (node, bytes) in nodes)
        {
            if (chunk.Count > 0 && bytes + 1 > left)
            {
                yield return chunk.ToImmutable();
                chunk.Clear();
                left = room;
            }

            chunk.Add(node);
            left -= bytes + 1;
        }

        yield return chunk.ToImmutable();
    }

    private static int BytesOf(NodeEvent happened) => JsonSerializer.SerializeToUtf8Bytes(happened, CoreJson.Default.NodeEvent).Length;

    private static int BytesOf(Report report) => JsonSerializer.SerializeToUtf8Bytes(report, CoreJson.Default.Report).Length;
}
