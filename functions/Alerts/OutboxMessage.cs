namespace MoneroCloud.Functions;

/// <summary>What travels through the queue <c>alerts</c>: where the outbox row is, nothing of what is in it.</summary>
internal sealed record OutboxMessage(int Shard, string Key);
