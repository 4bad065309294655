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

    /// <summary>As the other, where the observer tells that the same verdict stands for several observations in a row.</summary>
    /// <param name="repeats">The observations that are new, and when the row's first ones were made.</param>
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
        return diagnosis.State is { } toward ? Judge(seen, toward, observation, diagnosis, policy, repeats) : new Step(seen, null);
    }

    private static Step Judge(Health health, HealthState toward, Observation observation, Diagnosis diagnosis, HealthPolicy policy, Repeats repeats)
    {
        if ((toward, diagnosis.Condition) == (health.State, health.Condition))
        {
            return new Step(health with { Streak = null }, null);
        }

        var before = Counted(health, toward, diagnosis.Condition);
        var streak = Lengthen(health, before, toward, diagnosis.Condition, repeats.FirstOr(observation.At), repeats.Count);
        var needed = toward == HealthState.Up ? policy.Recover : policy.Fail;
        if (diagnosis.Certainty == Certainty.Certain)
        {
            return Change(health, toward, observation.At, diagnosis);
        }

        return streak.Count >= needed
            ? Change(health, toward, repeats.When(needed - before) ?? observation.At, diagnosis)
            : new Step(health with { Streak = streak }, null);
    }

    /// <summary>
    /// Any condition that speaks for the same other state counts on: what is wrong may change its face while it lasts. Within the present
    /// state only the same condition does, else two conditions that take turns would be a transition each.
    /// </summary>
    private static int Counted(Health health, HealthState toward, Condition condition) =>
        health.Streak is { } streak && streak.Toward == toward && (toward != health.State || streak.Condition == condition) ? streak.Count : 0;

    private static Streak Lengthen(Health health, int before, HealthState toward, Condition condition, DateTimeOffset at, int by) =>
        before > 0
            ? health.Streak! with { Condition = condition, Count = before + by }
            : new Streak(toward, condition, by, at);

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
