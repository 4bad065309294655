namespace MoneroCloud.Core;

/// <summary>
/// Every rule of Service Bus that the client keeps, in one place: none of them could be tried on the real service where this was written.
/// The first party to ask when the real one behaves otherwise.
/// </summary>
internal static class BusRules
{
    public const int LongestMessageId = 128;

    /// <summary>Milliseconds. Half of it goes over the wire, where Service Bus refuses less than 60 s.</summary>
    public const int IdleTimeout = 120_000;

    public const int MaxFrameSize = 65_536;

    public const string ConnectionForced = "amqp:connection:forced";
    public const string DetachForced = "amqp:link:detach-forced";
    public const string NotFound = "amqp:not-found";
    public const string NotAllowed = "amqp:not-allowed";
    public const string Unauthorized = "amqp:unauthorized-access";
    public const string InternalError = "amqp:internal-error";
    public const string ResourceLimitExceeded = "amqp:resource-limit-exceeded";
    public const string MessageSizeExceeded = "amqp:link:message-size-exceeded";
    public const string ServerBusy = "com.microsoft:server-busy";
    public const string Timeout = "com.microsoft:timeout";
    public const string EntityDisabled = "com.microsoft:entity-disabled";
    public const string MessageLockLost = "com.microsoft:message-lock-lost";
    public const string DeadLetter = "com.microsoft:dead-letter";

    public const string DeadLetterReason = "DeadLetterReason";
    public const string DeadLetterDescription = "DeadLetterErrorDescription";

    public const string EnqueuedTime = "x-opt-enqueued-time";
    public const string SequenceNumber = "x-opt-sequence-number";
    public const string LockedUntil = "x-opt-locked-until";

    public const string ManagementSuffix = "/$management";
    public const string Operation = "operation";
    public const string RenewLock = "com.microsoft:renew-lock";
    public const string LockTokens = "lock-tokens";
    public const string Expirations = "expirations";
    public const string StatusCode = "statusCode";

    /// <summary>What a throttled client has to wait at least.</summary>
    public static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan FullQueueWait = TimeSpan.FromSeconds(30);

    /// <summary>All others are worth another try, also those that are not known here.</summary>
    public static bool IsPermanent(string condition) => condition is
        NotFound or NotAllowed or Unauthorized or EntityDisabled or MessageLockLost or MessageSizeExceeded;

    /// <summary>
    /// A full queue is a matter of minutes. Service Bus's own clients give up on it at once, but what they give up would be lost here.
    /// </summary>
    public static TimeSpan NotBefore(string condition) => condition switch
    {
        ServerBusy => BusyWait,
        ResourceLimitExceeded => FullQueueWait,
        _ => TimeSpan.Zero,
    };
}
