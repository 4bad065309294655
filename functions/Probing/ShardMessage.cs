namespace MoneroCloud.Functions;

/// <summary>What travels through the queue <c>probe-shards</c>: probe this shard now.</summary>
/// <param name="Tick">When the timer fired; a message that is older than a period is of no use any more.</param>
internal sealed record ShardMessage(int Shard, DateTimeOffset Tick);
