namespace MoneroCloud.Core;

/// <summary>
/// Advances a node's health by one verdict. Certain verdicts change the state at once, probable ones after their streak; late evidence changes
/// nothing. The only place where a state changes.
/// </summary>
public static class HealthMachine
{
    /// <summary>As the other overload, for the check that gathered <paramref name="evidence"/>.</summary>
    public static Step Advance(Health health, NodeEvidence evidence, Diagnosis diagnosis, HealthPolicy policy) =>
        Advance(health, evidence.Observation, diagnosis, policy);

    /// <summary>
    /// The next health, and the transition if state or condition changed. An observation that is not newer than the last one is dropped: the
    /// same health comes back. Numbers alone decide: a wall clock that was set back must not blind the observer.
    /// </summary>
    public static Step Advance(Health health, Observation observation, Diagnosis diagnosis, HealthPolicy policy) =>
        Advance(health, observation, diagnosis, policy, Repeats.Once);

    /// <summary>As the other, where one verdict stands for several observations in a row, or for none that is new.</summary>
    public static Step Advance(Health health, Observation observation, Diagnosis diagnosis, HealthPolicy policy, Repeats repeats)
    {
        if (observation.Number <= health.LastNumber)
        {
            return new Step(health, null);
        }

        var seen = health with
        {
            LastNumber = observation.Number,
            LastCheck = observation.At,
            Last = diagnosis.Condition == Condition.Inconclusive ? health.Last : diagnosis,
        };
        return diagnosis.State is { } toward && repeats is not Repeats.Nothing ? Judge(seen, toward, observation, diagnosis, policy, repeats) : new Step(seen, null);
    }

    private static Step Judge(Health health, HealthState toward, Observation observation, Diagnosis diagnosis, HealthPolicy policy, Repeats repeats)
    {
        if ((toward, diagnosis.Condition) == (health.State, health.Condition))
        {
            return new Step(health with { Streak = null }, null);
        }

        if (diagnosis.Certainty == Certainty.Certain)
        {
            return Change(health, toward, observation.At, diagnosis);
        }

        var streak = Lengthen(health, toward, diagnosis.Condition, observation.At, repeats);
        var needed = toward == HealthState.Up ? policy.Recover : policy.Fail;
        return streak.Count >= needed
            ? Change(health, toward, (repeats as Repeats.Row)?.When(needed) ?? observation.At, diagnosis)
            : new Step(health with { Streak = streak }, null);
    }

    /// <summary>Whether a verdict lengthens the streak there is; else it begins another one.</summary>
    internal static bool Continues(Health health, HealthState toward, Condition condition) => Counted(health, toward, condition) > 0;

    /// <summary>
    /// Any condition that speaks for the same other state counts on: what is wrong may change its face while it lasts. Within the present
    /// state only the same condition does, else two conditions that take turns would be a transition each.
    /// </summary>
    private static int Counted(Health health, HealthState toward, Condition condition) =>
        health.Streak is { } streak && streak.Toward == toward && (toward != health.State || streak.Condition == condition) ? streak.Count : 0;

    private static Streak Lengthen(Health health, HealthState toward, Condition condition, DateTimeOffset at, Repeats repeats) =>
        repeats is Repeats.Row row ? new Streak(toward, condition, row.Count, row.When(1) ?? at)
        : Counted(health, toward, condition) is > 0 and var before ? health.Streak! with { Condition = condition, Count = before + 1 }
        : new Streak(toward, condition, 1, at);

    private static Step Change(Health health, HealthState toward, DateTimeOffset at, Diagnosis diagnosis)
    {
        var transition = new Transition(health.State, toward, health.Condition, diagnosis.Condition, at, diagnosis.Explanation);
        var next = health with
        {
            State = toward,
            Condition = diagnosis.Condition,
            Since = toward == health.State ? health.Since : at,
            Streak = null,
        };
        return new Step(next, transition);
    }
}
