namespace MoneroCloud.Core;

/// <summary>
/// Sums up what is written of a node: its checks in the hour in which they are stored, and the time since the last write in the state in which it
/// was. An hour that is over is added to its day there and then, so that both are of the same checks. Pure; docs/decisions/0022-roll-ups.md.
/// </summary>
internal static class RollupFold
{
    /// <summary>So long at most a state is taken to last without a word: then nobody knows.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    /// <summary>Nodes write their rows at different minutes of the hour: else all of a fleet would in one tick.</summary>
    private const int SpreadSeconds = 1_800;

    /// <summary>So many wait at most, whatever a clock does.</summary>
    private const int MostWaiting = 2;

    /// <param name="before">As it was read; its roll-ups are null where it is new, or was last written by an older program.</param>
    /// <param name="silentAfter">So long after its last word a node's agent has been called silent.</param>
    public static RollupStep Of(NodeRecord before, NodeChange change, DateTimeOffset now, TimeSpan silentAfter)
    {
        var silence = silentAfter < LongestSilence ? silentAfter : LongestSilence;
        var rollups = before.Rollups is { } known
            ? Passed(known, before, change, now, silence)
            : new NodeRollups { At = now.ToUnixTimeMilliseconds(), Hour = RollupBucket.New(RollupSpan.Hour, now) };
        rollups = Turned(rollups, now) with { At = now.ToUnixTimeMilliseconds() };
        var tally = change.Next.Tally ?? CheckTally.None;
        foreach (var check in change.Checks)
        {
            rollups = rollups with { Hour = rollups.Hour.With(check) };
            tally = tally.Add(check);
        }

        return IsTime(rollups, before.Id, now)
            ? new RollupStep(change.Next with { Tally = tally, Rollups = rollups with { Hours = [], Days = [] } }, rollups.Hours, rollups.Days)
            : new RollupStep(change.Next with { Tally = tally, Rollups = rollups }, [], []);
    }

    /// <summary>All that is left of a node that is removed.</summary>
    public static RollupStep Last(NodeRecord node)
    {
        if (node.Rollups is not { } rollups)
        {
            return new RollupStep(node, [], []);
        }

        var closed = Closed(rollups);
        return new RollupStep(node, closed.Hours, closed.Day is { } day ? closed.Days.Add(day) : closed.Days);
    }

    /// <summary>The time since the last write. What happened within it changed the state when it happened; what happened before it changes it from its begin on.</summary>
    private static NodeRollups Passed(NodeRollups rollups, NodeRecord before, NodeChange change, DateTimeOffset now, TimeSpan silence)
    {
        var (at, state) = (DateTimeOffset.FromUnixTimeMilliseconds(rollups.At), StateOf(before, rollups.At, silence));
        foreach (var turn in change.History.Select(h => h.Transition).OfType<Transition>())
        {
            var then = turn.At < at ? at : turn.At > now ? now : turn.At;
            rollups = Passed(rollups, at, then, state, silence);
            (at, state) = (then > at ? then : at, before.Available ? turn.To : HealthState.Disabled);
        }

        return Passed(rollups, at, now, state, silence);
    }

    private static NodeRollups Passed(NodeRollups rollups, DateTimeOffset from, DateTimeOffset to, HealthState state, TimeSpan silence)
    {
        to = to - from > silence ? from + silence : to;
        while (from < to)
        {
            rollups = Turned(rollups, from);
            var end = RollupSpan.Hour.StartOf(from) + RollupSpan.Hour.Length();
            end = end < to ? end : to;
            rollups = rollups with { Hour = rollups.Hour.With(state, end.ToUnixTimeMilliseconds() - from.ToUnixTimeMilliseconds()) };
            from = end;
        }

        return rollups;
    }

    /// <summary>As it is shown: of a node whose agent has said nothing for so long nobody knows, unless the monitor itself finds it down.</summary>
    private static HealthState StateOf(NodeRecord node, long at, TimeSpan silence) =>
        node.CountedState() != HealthState.Disabled && !node.IsDownByProbe()
        && node.Host is { } host && at - host.ReceivedAt.ToUnixTimeMilliseconds() > silence.TotalMilliseconds
            ? HealthState.Unknown
            : node.CountedState();

    /// <summary>At that moment another hour may run.</summary>
    private static NodeRollups Turned(NodeRollups rollups, DateTimeOffset at)
    {
        if (rollups.Hour.From == RollupSpan.Hour.StartOf(at))
        {
            return rollups;
        }

        var closed = Closed(rollups);
        var next = closed with { Hour = RollupBucket.New(RollupSpan.Hour, at, closed.Hour.Number + 1) };
        return next.Day is { } day && day.From != RollupSpan.Day.StartOf(at) ? next with { Days = next.Days.Add(day), Day = null } : next;
    }

    /// <summary>The hour that runs is over: it waits to be written, and is part of its day.</summary>
    private static NodeRollups Closed(NodeRollups rollups)
    {
        var hour = rollups.Hour;
        if (hour.IsEmpty)
        {
            return rollups;
        }

        var start = RollupSpan.Day.StartOf(hour.From);
        var own = hour with { Start = start.ToUnixTimeSeconds() };
        return rollups.Day is { } other && other.From != start
            ? rollups with { Hours = rollups.Hours.Add(hour), Days = rollups.Days.Add(other), Day = own }
            : rollups with { Hours = rollups.Hours.Add(hour), Day = rollups.Day?.Plus(own) ?? own };
    }

    private static bool IsTime(NodeRollups rollups, NodeId id, DateTimeOffset now) => rollups.IsWaiting
        && (rollups.Hours.Length > MostWaiting || rollups.Days.Length > MostWaiting || now - RollupSpan.Hour.StartOf(now) >= TimeSpan.FromSeconds(Spread(id))
            || rollups.Hours.Any(h => now - h.From >= 2 * RollupSpan.Hour.Length()));

    /// <summary>The same in every process: FNV-1a.</summary>
    private static uint Spread(NodeId id) => id.ToString().Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % SpreadSeconds;
}
