using System.Collections.Immutable;

namespace MoneroCloud.Functions;

/// <summary>What the broker's loop is told. Everything that changes a queue is one of these.</summary>
internal abstract record BrokerEvent
{
    private BrokerEvent()
    {
    }

    public sealed record Declared(string Queue, QueueSettings Settings, TaskCompletionSource Done) : BrokerEvent;

    /// <param name="Messages">What came in one transfer: all are taken, or none.</param>
    /// <param name="Answer">Told why they were not taken; null when they were.</param>
    public sealed record Arrived(string Queue, IReadOnlyList<BrokerMessage> Messages, Action<QueueRefusal?> Answer) : BrokerEvent;

    public sealed record Opened(BrokerConsumer Consumer) : BrokerEvent;

    /// <param name="Limit">Up to which delivery the receiver wants to be sent.</param>
    public sealed record Credit(BrokerConsumer Consumer, uint Limit, bool Drain) : BrokerEvent;

    /// <param name="Answer">Told whether the lock still held.</param>
    public sealed record Settled(BrokerConsumer Consumer, Guid LockToken, Settlement Settlement, Action<bool> Answer) : BrokerEvent;

    public sealed record Closed(BrokerConsumer Consumer) : BrokerEvent;

    /// <param name="Answer">Until when each is locked now; null when one of the locks is lost.</param>
    public sealed record Renewed(string Queue, Guid[] LockTokens, Action<DateTimeOffset[]?> Answer) : BrokerEvent;

    /// <param name="Done">Gets how full the queues are.</param>
    public sealed record Counted(TaskCompletionSource<ImmutableArray<QueueDepth>> Done) : BrokerEvent;

    public sealed record Tick : BrokerEvent;
}
