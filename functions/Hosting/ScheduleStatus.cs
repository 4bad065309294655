namespace MoneroCloud.Functions;

/// <summary>What is kept of a timer between two runs. Null: never, or not said.</summary>
internal sealed record ScheduleStatus(DateTimeOffset? Last, DateTimeOffset? Next, DateTimeOffset? LastUpdated);
