using Amqp;
using Amqp.Framing;
using Amqp.Types;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>QUEUE/$management</c>: renews locks, and knows nothing else.</summary>
internal sealed class ManagementEndpoint(string queue, BrokerPeer peer, BrokerLoop loop) : RequestEndpoint(peer)
{
    private const int MostTokens = 1000;

    protected override void Handle(Message request, Action<Message> answer)
    {
        if (OperationOf(request) != BusRules.RenewLock)
        {
            answer(Answer(501, "not implemented", null));
            return;
        }

        if ((request.Body as Map)?[BusRules.LockTokens] is not Guid[] { Length: > 0 and <= MostTokens } tokens)
        {
            answer(Answer(400, $"{BusRules.LockTokens} is not an array of 1 to {MostTokens} UUIDs", null));
            return;
        }

        loop.Post(new BrokerEvent.Renewed(queue, tokens, until => answer(until is null
            ? Answer(410, "a lock is lost", null)
            : Answer(200, "OK", new Map { [BusRules.Expirations] = until.Select(each => each.UtcDateTime).ToArray() }))));
    }

    private static Message Answer(int status, string words, Map? body)
    {
        var properties = new ApplicationProperties { [BusRules.StatusCode] = status, [BusRules.StatusDescription] = words };
        if (status == 410)
        {
            properties[BusRules.ErrorCondition] = new Symbol(BusRules.MessageLockLost);
        }

        return new Message { ApplicationProperties = properties, BodySection = new AmqpValue { Value = body ?? [] } };
    }
}
