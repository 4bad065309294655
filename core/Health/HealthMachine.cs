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
    public static Step Advance(Health health, Observation observation, Diagnosis diagnosis, HealthPolicy policy)
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
        return diagnosis.State is { } toward ? Judge(seen, toward, observation, diagnosis, policy) : new Step(seen, null);
    }

    private static Step Judge(Health health, HealthState toward, Observation observation, Diagnosis diagnosis, HealthPolicy policy)
    {
        if ((toward, diagnosis.Condition) == (health.State, health.Condition))
        {
            return new Step(health with { Streak = null }, null);
        }

        var streak = Lengthen(health, toward, diagnosis.Condition, observation.At);
        var needed = toward == HealthState.Up ? policy.Recover : policy.Fail;
        return diagnosis.Certainty == Certainty.Certain || streak.Count >= needed
            ? Change(health, toward, observation, diagnosis)
            : new Step(health with { Streak = streak }, null);
    }

    /// <summary>
    /// Any condition that speaks for the same other state counts on: what is wrong may change its face while it lasts. Within the present
    /// state only the same condition does, else two conditions that take turns would be a transition each.
    /// </summary>
    private static Streak Lengthen(Health health, HealthState toward, Condition condition, DateTimeOffset at) =>
        health.Streak is { } streak && streak.Toward == toward && (toward != health.State || streak.Condition == condition)
            ? streak with { Condition = condition, Count = streak.Count + 1 }
            : new Streak(toward, condition, 1, at);

    private static Step Change(Health health, HealthState toward, Observation observation, Diagnosis diagnosis)
    {
        var transition = new Transition(health.State, toward, health.Condition, diagnosis.Condition, observation.At, diagnosis.Explanation);
        var next = health with
        {
            State = toward,
            Condition = diagnosis.Condition,
            Since = toward == health.State ? health.Since : observation.At,
            Streak = null,
        };
        return new Step(next, transition);
    }
}
