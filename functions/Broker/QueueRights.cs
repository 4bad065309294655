using System.Collections.Frozen;

namespace MoneroCloud.Functions;

/// <summary>Which queues somebody may send to, or receive from.</summary>
internal abstract record QueueRights
{
    private QueueRights()
    {
    }

    /// <summary>No queue.</summary>
    public static QueueRights None { get; } = new Only(FrozenSet<string>.Empty);

    /// <param name="queue">The queue's full name; a dead letter queue has its own.</param>
    public bool Contains(string queue) => this is All || (this is Only only && only.Queues.Contains(queue));

    /// <summary>Every queue and every dead letter queue.</summary>
    public sealed record All : QueueRights;

    public sealed record Only(FrozenSet<string> Queues) : QueueRights;
}
