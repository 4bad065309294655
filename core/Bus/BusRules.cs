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
    public const string TransferLimitExceeded = "amqp:transfer-limit-exceeded";
    public const string NotFound = "amqp:not-found";
    public const string NotAllowed = "amqp:not-allowed";
    public const string Unauthorized = "amqp:unauthorized-access";
    public const string InternalError = "amqp:internal-error";
    public const string ResourceLimitExceeded = "amqp:resource-limit-exceeded";
    public const string MessageSizeExceeded = "amqp:link:message-size-exceeded";
    public const string ServerBusy = "com.microsoft:server-busy";
    public const string Timeout = "com.microsoft:timeout";
    public const string OperationCancelled = "com.microsoft:operation-cancelled";
    public const string EntityDisabled = "com.microsoft:entity-disabled";
    public const string MessageLockLost = "com.microsoft:message-lock-lost";
    public const string DeadLetter = "com.microsoft:dead-letter";

    /// <summary>Our own: no token could be had to show.</summary>
    public const string NoToken = "monerocloud:no-token";

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
    public const string StatusDescription = "statusDescription";
    public const string ErrorCondition = "errorCondition";

    /// <summary>SASL's, at any broker.</summary>
    public const string Plain = "PLAIN";

    public const string Anonymous = "ANONYMOUS";

    /// <summary>Service Bus's own name for "a token follows": within 20 s, else it cuts the connection.</summary>
    public const string TokenFollows = "MSSBCBS";

    /// <summary>Where tokens are shown. Its answers spell the two members otherwise.</summary>
    public const string Tokens = "$cbs";

    public const string PutToken = "put-token";
    public const string TokenType = "type";
    public const string TokenName = "name";
    public const string TokenStatusCode = "status-code";
    public const string TokenStatusDescription = "status-description";
    public const string SasToken = "servicebus.windows.net:sastoken";
    public const string EntraToken = "jwt";
    public const string EntraScope = "https://servicebus.azure.net/.default";

    public const string WebSocketPath = "/$servicebus/websocket";
    public const string WebSocketProtocol = "AMQPWSB10";
    public const string TransportTypes = "Amqp or AmqpWebSockets";

    /// <summary>What a throttled client has to wait at least.</summary>
    public static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan FullQueueWait = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan SasLifetime = TimeSpan.FromHours(1);

    public static readonly TimeSpan SasRenewAfter = TimeSpan.FromMinutes(45);

    /// <summary>Before its end; the time it has is the identity provider's choice.</summary>
    public static readonly TimeSpan EntraRenewBefore = TimeSpan.FromMinutes(5);

    /// <summary>After a renewal that failed, or that brought a token which ends no later.</summary>
    public static readonly TimeSpan TokenRetry = TimeSpan.FromSeconds(30);

    /// <summary>Trouble that lasts is told again.</summary>
    public static readonly TimeSpan TellAgain = TimeSpan.FromHours(1);

    /// <summary>Refusals of single messages, by queue and condition.</summary>
    public static readonly TimeSpan TellOfMessages = TimeSpan.FromMinutes(1);

    private static readonly BusReaction Unknown = new(false, TimeSpan.Zero, false, "it is tried again");

    private static readonly Dictionary<string, BusReaction> Known = new(StringComparer.Ordinal)
    {
        [ServerBusy] = new(false, BusyWait, false, "it asks for less, and gets nothing for 2 s"),
        [InternalError] = Unknown,
        [Timeout] = Unknown,
        [OperationCancelled] = Unknown,
        [TransferLimitExceeded] = Unknown,
        [DetachForced] = new(false, TimeSpan.Zero, false, "the link is opened again"),
        [ConnectionForced] = new(false, TimeSpan.Zero, false, "a new connection is made when one is needed"),
        // A full queue is a matter of minutes. Service Bus's own clients give up on it at once, but what they give up would be lost here.
        [ResourceLimitExceeded] = new(false, FullQueueWait, false, "it is full, or has too many users: it is tried again in 30 s"),
        [NoToken] = new(false, TimeSpan.Zero, false, "it is asked for again"),
        [Unauthorized] = new(true, TimeSpan.Zero, true, "the key, its rule, the identity's role or this machine's clock is wrong; it is tried again with a new token"),
        [NotFound] = new(true, TimeSpan.Zero, false, "there is no such queue until the deployment makes it; it is tried again"),
        [EntityDisabled] = new(true, TimeSpan.Zero, false, "the queue is switched off; it is tried again"),
        [NotAllowed] = new(true, TimeSpan.Zero, false, "the bus does not do this"),
        [MessageSizeExceeded] = new(true, TimeSpan.Zero, false, "the message is not sent"),
        [MessageLockLost] = new(true, TimeSpan.Zero, false, "the message comes again"),
    };

    /// <summary>The conditions that have a reaction of their own.</summary>
    public static IReadOnlyCollection<string> Conditions => Known.Keys;

    /// <summary>What is not known is worth another try.</summary>
    public static BusReaction ReactionTo(string condition) => Known.GetValueOrDefault(condition, Unknown);

    /// <summary>The answer to a request, as a condition; null for success.</summary>
    /// <param name="status">HTTP's number.</param>
    /// <param name="condition">The bus's own word, which wins.</param>
    public static string? ConditionOf(int? status, string? condition) => status switch
    {
        >= 200 and < 300 => null,
        _ when condition is { Length: > 0 } => condition,
        401 or 403 => Unauthorized,
        404 => NotFound,
        408 or 504 => Timeout,
        410 => MessageLockLost,
        429 or 503 => ServerBusy,
        _ => InternalError,
    };

    /// <summary>What stands in a token: the queue with all below it.</summary>
    public static string Audience(string host, string address) => $"sb://{host}/{address}";

    /// <summary>Null where it is neither.</summary>
    /// <param name="transportType">As in Service Bus's own settings; null is the default.</param>
    public static bool? IsWebSocket(string? transportType) =>
        transportType is null || transportType.Equals("Amqp", StringComparison.OrdinalIgnoreCase) ? false
        : transportType.Equals("AmqpWebSockets", StringComparison.OrdinalIgnoreCase) ? true
        : null;
}
