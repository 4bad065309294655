using CsCheck;
using MoneroCloud.Core;
using Xunit;
using AdvanceHealth = System.Func<MoneroCloud.Core.Health, MoneroCloud.Core.Observation, MoneroCloud.Core.Diagnosis, MoneroCloud.Core.HealthPolicy, MoneroCloud.Core.Step>;

namespace MoneroCloud.Tests;

/// <summary>What holds for every sequence of verdicts, in order or not. Each property also has to catch a machine with the defect it is there for.</summary>
public sealed class HealthMachineProperties
{
    private const int Samples = 5_000;

    private static readonly Diagnosis[] All =
    [
        Verdicts.Healthy, Verdicts.Hung, Verdicts.PortClosed, Verdicts.Busy, Verdicts.Waiting, Verdicts.Exited,
        Verdicts.Starting, Verdicts.Disabled, Verdicts.Silent, Verdicts.Inconclusive, Verdicts.Noted,
    ];

    private static readonly HealthPolicy Policy = new(Fail: 3, Recover: 2);

    /// <summary>Numbers and times jump back now and then, and some come twice.</summary>
    private static readonly Gen<(Observation Observation, Diagnosis Verdict)[]> Sequences = Gen.Select(
        Gen.Select(Gen.Int[-2, 3], Gen.Int[-1, 5], Among.Values([.. All, Verdicts.Healthy, Verdicts.Hung, Verdicts.Hung])).Array[0, 40],
        steps => steps.Select((s, i) => (
            new Observation(new ObservationNumber(1, 1 + i + s.Item1), Given.Now.AddSeconds((3 * i) + s.Item2)), s.Item3)).ToArray());

    private static readonly Dictionary<string, (Func<AdvanceHealth, Seen[], bool> Holds, AdvanceHealth Defective)> Properties = new()
    {
        ["late evidence changes nothing"] = (
            (_, run) => run.All(s => IsNew(s) || (ReferenceEquals(s.Step.Next, s.Before) && s.Step.Transition is null)),
            (health, o, verdict, policy) => HealthMachine.Advance(health with { LastNumber = default }, o, verdict, policy)),
        ["the same observation twice counts once"] = (
            (advance, run) => run.All(s => advance(s.Step.Next, s.Observation, s.Verdict, Policy).Next == s.Step.Next),
            (health, o, verdict, policy) => HealthMachine.Advance(
                health with { LastNumber = health.LastNumber with { Number = health.LastNumber.Number - 1 } }, o, verdict, policy)),
        ["a certain verdict always changes the state"] = (
            (_, run) => run.All(s => !IsNew(s) || s.Verdict is not { Certainty: Certainty.Certain, State: { } state }
                || ((s.Step.Next.State, s.Step.Next.Condition) == (state, s.Verdict.Condition) && s.Step.Next.Streak is null)),
            (health, o, verdict, policy) => HealthMachine.Advance(health, o, verdict with { Certainty = Certainty.Probable }, policy)),
        ["fewer probable verdicts than needed never change the state"] = (
            (_, run) => run.All(s => s.Step.Transition is not { } t || s.Verdict.Certainty == Certainty.Certain || EnoughSpeakFor(t, s, run)),
            (health, o, verdict, policy) => HealthMachine.Advance(health, o, verdict, policy with { Fail = policy.Fail - 1 })),
        ["enough probable verdicts in a row always change the state"] = (
            (advance, run) => Repeat(advance, run, Verdicts.Hung, Policy.Fail).State == HealthState.Down
                && Repeat(advance, run, Verdicts.Healthy, Policy.Recover).State == HealthState.Up,
            (health, o, verdict, policy) => HealthMachine.Advance(health with { Streak = null }, o, verdict, policy)),
        ["a transition is a change of the state or its condition"] = (
            (_, run) => run.All(s => (s.Step.Transition is not null) == ((s.Before.State, s.Before.Condition) != (s.Step.Next.State, s.Step.Next.Condition))),
            (health, o, verdict, policy) => HealthMachine.Advance(health, o, verdict, policy) is var step && step.Transition is { To: HealthState.Up } ? step with { Transition = null } : step),
        ["a verdict without a state leaves state and streak alone"] = (
            (_, run) => run.All(s => s.Verdict.State is not null || s.Step.Next == s.Before with
            {
                Last = s.Verdict.Condition == Condition.Inconclusive || !IsNew(s) ? s.Before.Last : s.Verdict,
                LastNumber = s.Step.Next.LastNumber,
                LastCheck = s.Step.Next.LastCheck,
            }),
            (health, o, verdict, policy) => HealthMachine.Advance(verdict.State is null ? health with { Streak = null } : health, o, verdict, policy)),
    };

    public static TheoryData<string> Names => [.. Properties.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_for_every_sequence(string property) =>
        Sequences.Sample(sequence => Holds(property, HealthMachine.Advance, sequence), iter: Samples, threads: 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void Catches_the_defect_it_is_there_for(string property) =>
        Assert.Throws<CsCheckException>(() => Sequences.Sample(
            sequence => Holds(property, Properties[property].Defective, sequence), iter: Samples, threads: 1));

    private static bool Holds(string property, AdvanceHealth advance, (Observation, Diagnosis)[] sequence) =>
        Properties[property].Holds(advance, Run(advance, sequence));

    private static Seen[] Run(AdvanceHealth advance, (Observation Observation, Diagnosis Verdict)[] sequence)
    {
        var health = Health.Unseen(Given.Now);
        return [.. sequence.Select(s =>
        {
            var seen = new Seen(health, s.Observation, s.Verdict, advance(health, s.Observation, s.Verdict, Policy));
            health = seen.Step.Next;
            return seen;
        })];
    }

    private static bool IsNew(Seen seen) => seen.Observation.Number > seen.Before.LastNumber;

    private static bool EnoughSpeakFor(Transition transition, Seen seen, Seen[] run)
    {
        var needed = transition.To == HealthState.Up ? Policy.Recover : Policy.Fail;
        var last = run.Take(Array.IndexOf(run, seen) + 1).Where(s => IsNew(s) && s.Verdict.State is not null).TakeLast(needed).ToList();
        return last.Count == needed && last.All(s => s.Verdict.State == transition.To
            && (transition.From != transition.To || s.Verdict.Condition == transition.ToCondition));
    }

    private static Health Repeat(AdvanceHealth advance, Seen[] run, Diagnosis verdict, int times)
    {
        var health = run is [] ? Health.Unseen(Given.Now) : run[^1].Step.Next;
        for (var i = 1; i <= times; i++)
        {
            health = advance(health, Verdicts.At(1_000 + i), verdict, Policy).Next;
        }

        return health;
    }

    private sealed record Seen(Health Before, Observation Observation, Diagnosis Verdict, Step Step);
}
