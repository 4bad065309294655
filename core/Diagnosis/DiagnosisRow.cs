namespace MoneroCloud.Core;

/// <summary>One row of the table.</summary>
/// <param name="State">The state it speaks for; null leaves the state as it is.</param>
/// <param name="Match">Null when the row does not apply.</param>
internal sealed record DiagnosisRow(Condition Condition, HealthState? State, Certainty Certainty, Func<Case, Finding?> Match);
