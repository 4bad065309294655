using Amqp;

namespace MoneroCloud.Functions;

/// <summary>The library's message, with the bytes it was read from and the lock it is delivered under.</summary>
internal sealed class BrokerMessage : Message
{
    private BrokerMessage(Message message, byte[] encoded)
    {
        Header = message.Header;
        MessageAnnotations = message.MessageAnnotations;
        Properties = message.Properties;
        ApplicationProperties = message.ApplicationProperties;
        BodySection = message.BodySection;
        Footer = message.Footer;
        Encoded = encoded;
    }

    public byte[] Encoded { get; }

    /// <summary>The delivery's tag; empty where the message is no delivery.</summary>
    public Guid LockToken { get; init; }

    public static BrokerMessage Decode(byte[] encoded, Guid lockToken = default) =>
        new(Decode(new ByteBuffer(encoded, 0, encoded.Length, encoded.Length)), encoded) { LockToken = lockToken };
}
