using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Functions;

/// <summary><c>$cbs</c>: takes a SAS token in place of a password.</summary>
internal sealed partial class TokenEndpoint(BrokerPeer peer, Func<string, string?> keyOf, BrokerLogin login, TimeProvider time, ILogger logger) : RequestEndpoint(peer)
{
    private readonly BrokerPeer _peer = peer;

    protected override void Handle(Message request, Action<Message> answer)
    {
        var token = request.Body as string ?? "";
        if (OperationOf(request) != "put-token" || !SasToken.TryVerify(token, keyOf, time.GetUtcNow(), out var user, out var key, out var until) || login(user, key) is not { } known)
        {
            Log.Refused(logger, _peer);
            answer(Answer(401, "the token is not accepted"));
            return;
        }

        _peer.Present(known, until);
        answer(Answer(202, "Accepted"));
    }

    private static Message Answer(int status, string words) => new()
    {
        ApplicationProperties = new ApplicationProperties { ["status-code"] = status, ["status-description"] = words },
        BodySection = new AmqpValue { Value = true },
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The bus refused a token of {Peer}")]
        public static partial void Refused(ILogger logger, BrokerPeer peer);
    }
}
