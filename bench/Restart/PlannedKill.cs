namespace MoneroCloud.Bench;

/// <summary>One kill of the schedule.</summary>
/// <param name="Due">From the schedule's begin.</param>
/// <param name="Stand">Index of the supervisor; <paramref name="Child"/> is the index of its child, or -1 for its control.</param>
internal readonly record struct PlannedKill(TimeSpan Due, int Stand, int Child);
