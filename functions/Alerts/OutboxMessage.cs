namespace MoneroCloud.Functions;

/// <summary>What travels through the queue <c>alerts</c>: over which channel something is due, nothing of what it is.</summary>
internal sealed record OutboxMessage(string Channel);
