using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;
using MoneroCloud.Core;
using EventId = Amqp.Handler.EventId;

namespace MoneroCloud.Functions;

/// <summary>The library's container: keeps a message's bytes, and gives each delivery its lock token as its tag.</summary>
internal sealed class BrokerHost(Address address) : ContainerHost(address), IContainer, IHandler
{
    // Called by the library in place of the base's.
    Message IContainer.CreateMessage(ByteBuffer buffer)
    {
        var encoded = buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
        return AmqpShape.IsSequence(encoded)
            ? BrokerMessage.Decode(encoded)
            : throw new AmqpException(new Error(BusRules.NotAllowed) { Description = "a message that is not well-formed" });
    }

    public bool CanHandle(EventId id) => id == EventId.SendDelivery;

    public void Handle(Event protocolEvent)
    {
        if (protocolEvent.Context is IDelivery { Message: BrokerMessage message } delivery && message.LockToken != Guid.Empty)
        {
            delivery.Tag = message.LockToken.ToByteArray();
        }
    }
}
