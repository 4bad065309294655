using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>
/// A node's changes of state in the order in which they were made, from a history that is sorted by what clocks said. A clock that was set back, or two that
/// differ, put a change before the one it came after; which one that was is seen by the states, since each change says from which state it came. Where none fits,
/// the time between is unknown. Pure.
/// </summary>
internal static class HealthSteps
{
    /// <summary>So far a change may stand from its place.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(2);

    private const int MostAhead = 16;

    public static Steps<HealthStep> Of(StateSource source)
    {
        var changes = InOrder(source.Entries.Where(StateLine.IsOfHealth));
        if (changes.Count == 0)
        {
            return Unchanged(source.Present);
        }

        var steps = new Steps<HealthStep>(new HealthStep(changes[0].Transition!.From, false));
        var latest = DateTimeOffset.MinValue;
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i].Transition!;
            latest = change.At > latest ? change.At : latest;
            var next = i + 1 < changes.Count ? changes[i + 1].Transition!.From : source.Present?.Health.State ?? change.To;
            steps.Add(latest, change.To == next ? new HealthStep(change.To, IsByProbe(changes[i])) : HealthStep.Unknown);
        }

        return steps;
    }

    /// <summary>The change that was made last; null where there is none.</summary>
    public static Transition? Last(IEnumerable<HistoryEntry> entries) => InOrder(entries.Where(StateLine.IsOfHealth)) is [.., var last] ? last.Transition : null;

    private static Steps<HealthStep> Unchanged(NodeRecord? present)
    {
        var steps = new Steps<HealthStep>(HealthStep.Unknown);
        if (present is not null)
        {
            steps.Add(present.Health.Since, new HealthStep(present.Health.State, false));
        }

        return steps;
    }

    private static List<HistoryEntry> InOrder(IEnumerable<HistoryEntry> entries)
    {
        var left = new LinkedList<HistoryEntry>(entries.OrderBy(e => e.At).ThenBy(e => Number(e.Place)).ThenBy(e => e.Place, StringComparer.Ordinal));
        var ordered = new List<HistoryEntry>(left.Count);
        while (left.First is { } first)
        {
            var taken = ordered is [.., { Transition.To: var state }] ? Following(first, state) ?? first : first;
            ordered.Add(taken.Value);
            left.Remove(taken);
        }

        return ordered;
    }

    /// <summary>The first one that comes from that state; null where none near does.</summary>
    private static LinkedListNode<HistoryEntry>? Following(LinkedListNode<HistoryEntry> first, HealthState state)
    {
        var (node, tried) = ((LinkedListNode<HistoryEntry>?)first, 0);
        while (node is not null && tried++ < MostAhead && node.Value.At - first.Value.At <= Furthest)
        {
            if (node.Value.Transition!.From == state)
            {
                return node;
            }

            node = node.Next;
        }

        return null;
    }

    private static bool IsByProbe(HistoryEntry entry) => entry is { Place: ['p', ..], Transition.To: HealthState.Down };

    /// <summary>Of events at one moment: the agent numbered them.</summary>
    private static (long Epoch, long Number) Number(string place) =>
        place.Split('.') is [var epoch, var number] && long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var e)
        && long.TryParse(number.TrimStart('s'), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (e, n) : (long.MaxValue, 0);
}
