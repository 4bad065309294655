namespace MoneroCloud.Core;

/// <summary>A change of state, or of the condition within a state. What is not a transition is not alerted.</summary>
public sealed record Transition(
    HealthState From,
    HealthState To,
    Condition FromCondition,
    Condition ToCondition,
    DateTimeOffset At,
    string Explanation);
