using MoneroCloud.Core;

namespace MoneroCloud.Tests;

/// <summary>Diagnoses and observations for the health machine.</summary>
internal static class Verdicts
{
    public static readonly Diagnosis Healthy = Of(Condition.Healthy, HealthState.Up);
    public static readonly Diagnosis Hung = Of(Condition.Hung, HealthState.Down);
    public static readonly Diagnosis PortClosed = Of(Condition.PortClosed, HealthState.Down);
    public static readonly Diagnosis Busy = Of(Condition.Busy, HealthState.Degraded);
    public static readonly Diagnosis Waiting = Of(Condition.WaitingForDaemon, HealthState.Degraded);
    public static readonly Diagnosis Exited = Of(Condition.Exited, HealthState.Down, Certainty.Certain);
    public static readonly Diagnosis Starting = Of(Condition.Starting, HealthState.Unknown, Certainty.Certain);
    public static readonly Diagnosis Disabled = Of(Condition.StoppedByOperator, HealthState.Disabled, Certainty.Certain);
    public static readonly Diagnosis Silent = Of(Condition.Silent, null);
    public static readonly Diagnosis Inconclusive = Of(Condition.Inconclusive, null);

    public static readonly Diagnosis Noted =
        Of(Condition.Healthy, HealthState.Degraded, Certainty.Certain) with { Notes = [Note.DiskLow] };

    public static Observation At(int number) => new(new ObservationNumber(1, number), Given.Now.AddSeconds(number));

    /// <summary>The health after these verdicts, observed one a second.</summary>
    public static (Health Health, IReadOnlyList<Transition> Transitions) After(HealthPolicy policy, params Diagnosis[] verdicts)
    {
        var health = Health.Unseen(Given.Now);
        var transitions = new List<Transition>();
        for (var i = 0; i < verdicts.Length; i++)
        {
            var step = HealthMachine.Advance(health, At(i + 1), verdicts[i], policy);
            health = step.Next;
            transitions.AddRange(step.Transition is { } t ? [t] : []);
        }

        return (health, transitions);
    }

    private static Diagnosis Of(Condition condition, HealthState? state, Certainty certainty = Certainty.Probable) => new()
    {
        Condition = condition,
        State = state,
        Certainty = certainty,
        Remedy = Remedy.None,
        Explanation = $"it is {condition}",
    };
}
