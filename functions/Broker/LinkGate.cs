using Amqp.Framing;
using Amqp.Listener;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Decides about every link that a peer wants to open: which queue, by which right. Called in the connection's pump.</summary>
internal sealed partial class LinkGate(BrokerSettings settings, BrokerLogin login, BrokerLoop loop, TimeProvider time, ILogger logger) : ILinkProcessor
{
    private const int SendCredit = 100;

    public void Process(AttachContext attachContext)
    {
        var peer = (BrokerPeer)((ListenerConnection)attachContext.Link.Session.Connection).Principal;
        var isSender = attachContext.Link.Role;
        var address = (isSender ? (attachContext.Attach.Target as Target)?.Address : (attachContext.Attach.Source as Source)?.Address) ?? "";
        if (Judge(address.TrimStart('/'), isSender, attachContext, peer) is { } refusal)
        {
            Log.Refused(logger, peer, isSender ? "send to" : "receive from", Printable(address), refusal.Description);
            attachContext.Complete(new Error(refusal.Condition) { Description = refusal.Description });
        }
    }

    // Opens the link, or says why not.
    private QueueRefusal? Judge(string address, bool isSender, AttachContext context, BrokerPeer peer)
    {
        if (address == BusRules.Tokens)
        {
            return settings.SharedKeyOf is not null
                ? OpenRequests(context, peer, isSender, () => new TokenEndpoint(peer, settings, login, time, logger))
                : new QueueRefusal(BusRules.NotFound, "tokens are not taken here");
        }

        if (peer.User is not { } user)
        {
            return new QueueRefusal(BusRules.Unauthorized, "log in first");
        }

        var isManagement = address.EndsWith(BusRules.ManagementSuffix, StringComparison.OrdinalIgnoreCase);
        var queue = Canonical(isManagement ? address[..^BusRules.ManagementSuffix.Length] : address);
        var right = isSender && !isManagement ? user.Send : user.Receive;
        if (!right.Contains(queue))
        {
            return new QueueRefusal(BusRules.Unauthorized, $"{user.Name} may not do this");
        }

        if (!loop.IsDeclared(queue))
        {
            return new QueueRefusal(BusRules.NotFound, "there is no such queue");
        }

        return isManagement
            ? OpenRequests(context, peer, isSender, () => new ManagementEndpoint(queue, peer, loop))
            : Open(context, peer, queue, isSender);
    }

    private QueueRefusal? Open(AttachContext context, BrokerPeer peer, string queue, bool isSender)
    {
        if (settings.Script?.OnAttach(queue, isSender) is { } scripted)
        {
            return scripted;
        }

        settings.Script?.Opened(context.Link, queue);
        if (isSender && queue.EndsWith(Names.DeadLetterSuffix, StringComparison.Ordinal))
        {
            return new QueueRefusal(BusRules.NotAllowed, "nothing is sent to a dead letter queue");
        }

        if (isSender)
        {
            context.Attach.MaxMessageSize = (ulong)settings.MostMessageBytes;
            context.Complete(new ArrivalEndpoint(queue, settings, loop), SendCredit);
            return null;
        }

        var endpoint = new DepartureEndpoint(context.Link, queue, peer, loop);
        loop.Post(new BrokerEvent.Opened(endpoint.Consumer));
        context.Complete(endpoint, 0);
        return null;
    }

    private static QueueRefusal? OpenRequests(AttachContext context, BrokerPeer peer, bool isSender, Func<RequestEndpoint> requests)
    {
        if (isSender)
        {
            context.Complete(requests(), SendCredit);
            return null;
        }

        // Service Bus's JavaScript client names no address, and asks for its answers by the link's own name.
        var name = (context.Attach.Target as Target)?.Address is { Length: > 0 } address ? address : context.Link.Name;
        var answers = new AnswerEndpoint(context.Link, name, peer);
        if (!peer.Answers.TryAdd(name, answers))
        {
            return new QueueRefusal(BusRules.NotAllowed, "that link for answers exists already");
        }

        context.Complete(answers, 0);
        return null;
    }

    // Foreign clients write the suffix as they like.
    private static string Canonical(string queue) => queue.EndsWith(Names.DeadLetterSuffix, StringComparison.OrdinalIgnoreCase)
        ? Names.DeadLetterQueue(queue[..^Names.DeadLetterSuffix.Length])
        : queue;

    private static string Printable(string address) => new([.. address.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The bus refused {Peer} to {Verb} '{Address}': {Why}")]
        public static partial void Refused(ILogger logger, BrokerPeer peer, string verb, string address, string why);
    }
}
