using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace MoneroCloud.Core;

/// <summary>What is asked of a queue itself.</summary>
internal static class BusManagement
{
    public static Message RenewLock(Guid lockToken) => new()
    {
        ApplicationProperties = new ApplicationProperties { [BusRules.Operation] = BusRules.RenewLock },
        BodySection = new AmqpValue { Value = new Map { [BusRules.LockTokens] = new[] { lockToken } } },
    };

    /// <summary>Until when it is locked now; null where the answer says nothing of it.</summary>
    public static DateTimeOffset? LockedUntil(Message reply) =>
        (reply.Body as Map)?[BusRules.Expirations] is DateTime[] { Length: 1 } until ? new DateTimeOffset(until[0], TimeSpan.Zero) : null;

    public static Message PutToken(BusToken token, string audience) => new()
    {
        ApplicationProperties = new ApplicationProperties
        {
            [BusRules.Operation] = BusRules.PutToken,
            [BusRules.TokenType] = token.Type,
            [BusRules.TokenName] = audience,
        },
        BodySection = new AmqpValue { Value = token.Text },
    };
}
