namespace MoneroCloud.Functions;

/// <summary>What an accepted message survives. Both survive the end of the broker's process, however it ends.</summary>
internal enum BrokerDurability
{
    /// <summary>
    /// After a power loss or a crash of the kernel the last seconds may be missing (never a part in the middle, and the file is intact):
    /// SQLite synchronous=NORMAL. Enough here, because agents report again what was not acknowledged and the outbox sends again.
    /// </summary>
    Process,

    /// <summary>Also a power loss, as far as the disk keeps its word: synchronous=FULL, one fsync a group of messages.</summary>
    Power,
}
