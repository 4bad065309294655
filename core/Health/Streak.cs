namespace MoneroCloud.Core;

/// <summary>Probable verdicts in a row that speak for something else than the present state.</summary>
/// <param name="Toward">The state they speak for.</param>
/// <param name="Condition">The condition of the last of them.</param>
/// <param name="Count">At least 1.</param>
/// <param name="Since">When the first of them was observed.</param>
public sealed record Streak(HealthState Toward, Condition Condition, int Count, DateTimeOffset Since);
