namespace MoneroCloud.Core;

/// <summary>
/// In which state a node was at each moment, as it would have been shown then had all been known: its own changes, and over them what its agent's
/// silence, the monitor's absence and doubt, and being out of supervision make of it. Pure; docs/decisions/0022-roll-ups.md.
/// </summary>
internal sealed class StateLine
{
    /// <summary>How the places begin of what is in a history beside changes of health; of the monitor's doubt too.</summary>
    public const string Availability = "v-";
    public const string Removal = "r-";
    public const string Silence = "s-";
    public const string Gap = "g-";
    public const string Doubt = "d-";

    private readonly DateTimeOffset[] _at;
    private readonly HealthState[] _states;

    private StateLine(DateTimeOffset[] at, HealthState[] states) => (_at, _states) = (at, states);

    public static StateLine Of(StateSource source)
    {
        var (health, available) = (HealthSteps.Of(source), Available(source));
        var (silent, away, doubt) = (Steps<bool>.Within(source.Silences), Steps<bool>.Within(source.Gaps), Steps<bool>.Within(source.Doubts));
        DateTimeOffset[] at =
        [
            .. health.Moments.Concat(available.Moments).Concat(silent.Moments).Concat(away.Moments).Concat(doubt.Moments)
                .Where(m => m > source.Oldest && m < source.Now).Append(source.Oldest).Append(source.Now).Distinct().Order(),
        ];
        return new StateLine(at, [.. at.Select(m => m >= source.Now ? HealthState.Unknown : At(m))]);

        HealthState At(DateTimeOffset moment) => available.At(moment)
            ? Shown(health.At(moment), source.IsRemote, silent.At(moment), away.At(moment), doubt.At(moment))
            : HealthState.Disabled;
    }

    /// <summary>Whether it is a change of health, or the end of a node.</summary>
    public static bool IsOfHealth(HistoryEntry entry) => entry.Transition is not null && !entry.Place.StartsWith(Availability, StringComparison.Ordinal);

    /// <summary>Whether a node was supervised from then on; null where the entry says nothing of that.</summary>
    public static bool? MarkOf(HistoryEntry entry) => entry switch
    {
        { Fact: NodeFact.Ordered { Verb: "disable" } } => false,
        { Fact: NodeFact.Ordered { Verb: "enable" } } => true,
        { Transition: { } t } when entry.Place.StartsWith(Availability, StringComparison.Ordinal) => t.To != HealthState.Disabled,
        _ when IsRemoval(entry) => true,
        _ => null,
    };

    /// <summary>How long it was in each state. What is older than the line, or to come, is unknown.</summary>
    public StateTimes Between(DateTimeOffset from, DateTimeOffset to)
    {
        var times = default(StateTimes);
        var i = Array.BinarySearch(_at, from) is var found && found >= 0 ? found : ~found - 1;
        while (from < to)
        {
            var end = i + 1 < _at.Length && _at[i + 1] < to ? _at[i + 1] : to;
            times = times.With(i < 0 ? HealthState.Unknown : _states[i], end - from);
            (from, i) = (end, i + 1);
        }

        return times;
    }

    /// <summary>
    /// A silent agent stands for its nodes, unless the monitor itself found one down. While the monitor did not run nobody heard that a node worked; that one was
    /// down is believed. What the monitor saw while it was in doubt counts neither for nor against a node that nobody else sees.
    /// </summary>
    private static HealthState Shown(HealthStep health, bool isRemote, bool silent, bool away, bool doubt)
    {
        if (health.State == HealthState.Disabled)
        {
            return HealthState.Disabled;
        }

        var unheard = (silent && !isRemote && health is not { State: HealthState.Down, ByProbe: true })
            || (away && (isRemote || health.State != HealthState.Down))
            || (doubt && isRemote);
        return unheard ? HealthState.Unknown : health.State;
    }

    /// <summary>
    /// Each mark says what it was from then on; before the first it was the opposite. One that was removed is not out of supervision, but unknown: whoever declares it anew says anew
    /// whether it is.
    /// </summary>
    private static Steps<bool> Available(StateSource source)
    {
        var marks = source.Entries.Where(e => MarkOf(e) is not null).OrderBy(e => e.At).ToList();
        var steps = new Steps<bool>(marks.Count == 0 ? source.Present?.Available ?? true : IsRemoval(marks[0]) || MarkOf(marks[0]) == false);
        foreach (var mark in marks)
        {
            steps.Add(mark.At, MarkOf(mark)!.Value);
        }

        return steps;
    }

    private static bool IsRemoval(HistoryEntry entry) => entry.Transition is not null && entry.Place.StartsWith(Removal, StringComparison.Ordinal);
}
