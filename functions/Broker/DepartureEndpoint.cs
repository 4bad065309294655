using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The link of one receiver. The library calls it in the connection's pump; it only hands over to the loop, which sends.</summary>
internal sealed class DepartureEndpoint : LinkEndpoint
{
    private readonly ListenerLink _link;
    private readonly BrokerPeer _peer;
    private readonly BrokerLoop _loop;

    public DepartureEndpoint(ListenerLink link, string queue, BrokerPeer peer, BrokerLoop loop)
    {
        _link = link;
        _peer = peer;
        _loop = loop;
        Consumer = new BrokerConsumer(queue, this);
    }

    public BrokerConsumer Consumer { get; }

    /// <summary>The receiver wants no locks: what is sent is gone.</summary>
    public bool IsSettledOnSend => _link.SettleOnSend;

    public override void OnFlow(FlowContext flowContext)
    {
        if (_peer.Transport?.LastLimit is { } limit)
        {
            _loop.Post(new BrokerEvent.Credit(Consumer, limit, _link.IsDraining));
        }
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // A dying connection looks like a rejection of all that is out; the end of the link says what has to be done.
        var isEnding = _link.IsClosed || _link.Session.IsClosed || _link.Session.Connection.IsClosed;
        if (isEnding || dispositionContext.Message is not BrokerMessage message || Judge(dispositionContext.DeliveryState) is not { } settlement)
        {
            return;
        }

        _loop.Post(new BrokerEvent.Settled(Consumer, message.LockToken, settlement, held => Answer(dispositionContext, held)));
    }

    public override void OnLinkClosed(ListenerLink link, Error error) => _loop.Post(new BrokerEvent.Closed(Consumer));

    public void Send(QueueEntry entry, int deliveries, byte[] payload, Guid lockToken, DateTimeOffset lockedUntil)
    {
        var message = BrokerMessage.Decode(payload, lockToken);
        message.Header ??= new Header();
        message.Header.DeliveryCount = (uint)Math.Max(0, deliveries - 1);
        message.MessageAnnotations ??= new MessageAnnotations();
        message.MessageAnnotations[new Symbol(BusRules.EnqueuedTime)] = DateTimeOffset.FromUnixTimeMilliseconds(entry.Enqueued).UtcDateTime;
        message.MessageAnnotations[new Symbol(BusRules.SequenceNumber)] = entry.Sequence;
        message.MessageAnnotations[new Symbol(BusRules.LockedUntil)] = lockedUntil.UtcDateTime;
        if (entry.Reason is not null)
        {
            message.ApplicationProperties ??= new ApplicationProperties();
            message.ApplicationProperties[BusRules.DeadLetterReason] = entry.Reason;
            message.ApplicationProperties[BusRules.DeadLetterDescription] = entry.Description;
        }

        _link.SendMessage(message);
    }

    public void CompleteDrain() => _link.CompleteDrain();

    private static void Answer(DispositionContext context, bool held)
    {
        if (context.Settled || held)
        {
            context.Complete();
        }
        else
        {
            context.Complete(new Error(BusRules.MessageLockLost) { Description = "the lock is lost" });
        }
    }

    private static Settlement? Judge(DeliveryState? state) => state switch
    {
        Accepted => new Settlement.Complete(),
        Released => new Settlement.Release(),
        // Service Bus's own client abandons without saying that the delivery failed. Deferring is not offered: it comes again.
        Modified => new Settlement.Abandon(),
        Rejected rejected => DeadLetter(rejected.Error),
        null => new Settlement.Release(),
        _ => null,
    };

    private static Settlement.DeadLetter DeadLetter(Error? error)
    {
        try
        {
            var reason = Said(error?.Info, BusRules.DeadLetterReason) ?? error?.Condition ?? "";
            var description = Said(error?.Info, BusRules.DeadLetterDescription) ?? error?.Description ?? "";
            return new Settlement.DeadLetter(Cut(reason), Cut(description));
        }
        catch (Exception exception) when (exception is AmqpException or InvalidCastException or InvalidOperationException)
        {
            // A map whose keys are no symbols, which foreign clients send and the library refuses to read.
            return new Settlement.DeadLetter("Unreadable", "");
        }
    }

    // Its keys should be symbols; Service Bus's JavaScript client sends strings, and the library finds each only by its own type.
    private static string? Said(Fields? info, string key) =>
        info?.FirstOrDefault(pair => string.Equals($"{pair.Key}", key, StringComparison.Ordinal)).Value as string;

    private static string Cut(string text) => text.Length <= 1024 ? text : text[..1024];
}
