namespace MoneroCloud.Functions;

/// <summary>How many messages a queue holds, those in somebody's hands included.</summary>
internal readonly record struct QueueDepth(string Queue, int Active, int DeadLetters);
