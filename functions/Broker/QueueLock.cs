namespace MoneroCloud.Functions;

/// <summary>One message in one receiver's hands.</summary>
/// <param name="Holder">The receiver's link.</param>
/// <param name="Until">A timestamp of the time provider, so that setting the clock changes nothing.</param>
internal sealed record QueueLock(QueueEntry Entry, object Holder, long Until);
