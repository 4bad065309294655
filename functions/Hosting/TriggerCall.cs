namespace MoneroCloud.Functions;

/// <summary>Why a trigger is called, and with what.</summary>
internal abstract record TriggerCall
{
    private TriggerCall()
    {
    }

    /// <param name="IsPastDue">The slot was missed: this run catches up.</param>
    /// <param name="Status">Null for schedules under one minute, whose slots nobody keeps.</param>
    public sealed record Timer(bool IsPastDue, ScheduleStatus? Status) : TriggerCall;

    /// <summary>One message. Whatever decides something stands in the body, which is signed; the rest is for logs and counts.</summary>
    /// <param name="Body">Byte for byte as it was sent.</param>
    /// <param name="MessageId">Null when the host did not say, or when a JSON body could have overwritten what it said; the same for the two below.</param>
    /// <param name="DeliveryCount">1 for the first delivery.</param>
    /// <param name="EnqueuedAt">The broker's clock.</param>
    public sealed record Bus(ReadOnlyMemory<byte> Body, string? MessageId, int? DeliveryCount, DateTimeOffset? EnqueuedAt) : TriggerCall;
}
