namespace MoneroCloud.Core;

/// <summary>One thing that was done about an incident, or that became of it.</summary>
/// <param name="By">Who did it; null for the monitor itself.</param>
/// <param name="Text">One line.</param>
public sealed record IncidentAction(DateTimeOffset At, IncidentActionKind Kind, string Text, string? By = null);
