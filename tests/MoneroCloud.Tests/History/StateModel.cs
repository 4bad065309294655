using System.Collections.Immutable;
using CsCheck;
using MoneroCloud.Core;

namespace MoneroCloud.Tests.History;

/// <summary>
/// A random past of a node, as a state for each second, and as the history that a monitor would have of it. What is asked of the history must
/// be what is counted second by second.
/// </summary>
internal sealed record StateModel
{
    public const int Seconds = 600;

    public static readonly DateTimeOffset Begin = new(2026, 3, 29, 0, 55, 0, TimeSpan.Zero); // In an hour of which clocks in Europe leave one out.

    public required bool IsRemote { get; init; }

    /// <summary>Health from a second on, in the order in which it changed; some of one second.</summary>
    public required (int At, HealthState State, bool ByProbe)[] Changes { get; init; }

    /// <summary>Out of supervision or back, from a second on.</summary>
    public required (int At, bool ByOrder)[] Switches { get; init; }

    public required (int From, int To)[] Silences { get; init; }

    public required (int From, int To)[] Gaps { get; init; }

    public required (int From, int To)[] Doubts { get; init; }

    private static readonly Gen<(int From, int To)[]> Spells = Gen.Select(Gen.Int[0, Seconds], Gen.Int[0, 200], (from, length) => (from, Math.Min(Seconds, from + length))).Array[0, 3];

    public static Gen<StateModel> Any { get; } = Gen.Select(
        Gen.Bool,
        Gen.Select(Gen.Int[1, Seconds - 1], Gen.Int[0, 4], Gen.Bool, (at, state, probe) => (at, (HealthState)state, probe)).Array[0, 12],
        Gen.Select(Gen.Int[1, Seconds - 1], Gen.Bool).Array[0, 3],
        Gen.Select(Spells, Spells, Spells),
        (remote, changes, switches, spells) => new StateModel
        {
            IsRemote = remote,
            Changes = [.. changes.GroupBy(c => c.at).OrderBy(g => g.Key).SelectMany(g => g.Select(c => (c.at, c.Item2, g.First().probe)))],
            Switches = [.. switches.DistinctBy(s => s.Item1).OrderBy(s => s.Item1)],
            Silences = spells.Item1,
            Gaps = spells.Item2,
            Doubts = spells.Item3,
        });

    /// <summary>As it would have been shown in that second.</summary>
    public HealthState At(int second)
    {
        var (state, byProbe) = Changes.LastOrDefault(c => c.At <= second) is { At: > 0 } change ? (change.State, change.ByProbe) : (HealthState.Unknown, false);
        if (Switches.Count(s => s.At <= second) % 2 == 1 || state == HealthState.Disabled)
        {
            return HealthState.Disabled;
        }

        var isDown = state == HealthState.Down;
        return !IsRemote && Within(Silences, second) && !(isDown && byProbe) ? HealthState.Unknown
            : Within(Gaps, second) && (IsRemote || !isDown) ? HealthState.Unknown
            : IsRemote && Within(Doubts, second) ? HealthState.Unknown
            : state;
    }

    public StateSource Source() => new()
    {
        Now = Begin.AddSeconds(Seconds),
        Oldest = Begin,
        IsRemote = IsRemote,
        Entries = [.. History().OrderByDescending(e => e.At)],
        Present = NodeRecord.New(NodeId.TryParse("home.main", out var id) ? id : default, NodeKind.WalletRpc, Begin) with
        {
            Available = Switches.Length % 2 == 0,
            Health = Health.Unseen(Begin) with { State = Changes is [.., var last] ? last.State : HealthState.Unknown },
        },
        Silences = Times(Silences),
        Gaps = Times(Gaps),
        Doubts = Times(Doubts),
    };

    private IEnumerable<HistoryEntry> History()
    {
        var state = HealthState.Unknown;
        for (var i = 0; i < Changes.Length; i++)
        {
            var (at, to, byProbe) = Changes[i];
            var transition = new Transition(state, to, Condition.Healthy, Condition.Exited, Begin.AddSeconds(at), "it is so");
            yield return new HistoryEntry { At = transition.At, Place = byProbe ? $"p{transition.At.UtcTicks + i}" : $"1.{i + 1}", Transition = transition };
            state = to;
        }

        for (var i = 0; i < Switches.Length; i++)
        {
            var (at, off) = (Begin.AddSeconds(Switches[i].At), i % 2 == 0);
            yield return Switches[i].ByOrder
                ? new HistoryEntry { At = at, Place = $"1.{100 + i}", Fact = new NodeFact.Ordered(off ? "disable" : "enable", "alice") }
                : new HistoryEntry { At = at, Place = $"v-{at.UtcTicks}", Transition = new Transition(off ? HealthState.Up : HealthState.Disabled, off ? HealthState.Disabled : HealthState.Up, Condition.Healthy, Condition.StoppedByOperator, at, "it is so") };
        }
    }

    private static bool Within((int From, int To)[] spells, int second) => spells.Any(s => s.From <= second && second < s.To);

    private static ImmutableArray<Spell> Times((int From, int To)[] spells) => [.. spells.Select(s => new Spell(Begin.AddSeconds(s.From), Begin.AddSeconds(s.To)))];
}
