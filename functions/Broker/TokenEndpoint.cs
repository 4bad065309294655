using Amqp;
using Amqp.Framing;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>$cbs</c>: takes a SAS token in place of a password.</summary>
internal sealed partial class TokenEndpoint(BrokerPeer peer, BrokerSettings settings, BrokerLogin login, TimeProvider time, ILogger logger) : RequestEndpoint(peer)
{
    private readonly BrokerPeer _peer = peer;

    protected override void Handle(Message request, Action<Message> answer)
    {
        var properties = request.ApplicationProperties;
        var token = new BrokerToken(properties?[BusRules.TokenType] as string ?? "", properties?[BusRules.TokenName] as string ?? "", request.Body as string ?? "");
        switch (OperationOf(request) != BusRules.PutToken ? new BrokerTokenVerdict.Refused(400, "not an operation of this address") : settings.Script?.OnToken(token) ?? Judge(token))
        {
            case BrokerTokenVerdict.Accepted accepted:
                _peer.Present(accepted.User, accepted.Until);
                answer(Answer(202, "Accepted"));
                break;
            case BrokerTokenVerdict.Refused refused:
                Log.Refused(logger, _peer);
                answer(Answer(refused.Status, refused.Words));
                break;
        }
    }

    private BrokerTokenVerdict Judge(BrokerToken token) =>
        SasToken.TryVerify(token.Text, settings.SharedKeyOf!, time.GetUtcNow(), out var user, out var key, out var until) && login(user, key) is { } known
            ? new BrokerTokenVerdict.Accepted(known, until)
            : new BrokerTokenVerdict.Refused(401, "the token is not accepted");

    private static Message Answer(int status, string words) => new()
    {
        ApplicationProperties = new ApplicationProperties { [BusRules.TokenStatusCode] = status, [BusRules.TokenStatusDescription] = words },
        BodySection = new AmqpValue { Value = true },
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The bus refused a token of {Peer}")]
        public static partial void Refused(ILogger logger, BrokerPeer peer);
    }
}
