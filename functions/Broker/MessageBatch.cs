using System.Diagnostics.CodeAnalysis;
using Amqp;
using Amqp.Framing;

namespace MoneroCloud.Functions;

/// <summary>Several messages in one transfer, as Service Bus's own clients send even one: each data section is an encoded message.</summary>
internal static class MessageBatch
{
    /// <summary>The message format that says so. AMQP's own is 0.</summary>
    public const uint Format = 0x80013700;

    /// <summary>In one transfer. The bytes of a message alone would allow for many thousands of empty ones.</summary>
    public const int Most = 4096;

    /// <summary>The messages of a batch, or the message itself, where it is none.</summary>
    /// <param name="messages">In their order; at least one and at most <see cref="Most"/>.</param>
    /// <returns>False for a batch in which something is no message, or that holds none or too many.</returns>
    public static bool TryOpen(BrokerMessage message, [NotNullWhen(true)] out IReadOnlyList<BrokerMessage>? messages)
    {
        if (message.Format != Format)
        {
            messages = [message];
            return true;
        }

        byte[][] parts = (message.BodySection, message.Body) switch
        {
            (Data one, _) => [one.Binary],
            (_, Data[] several) => Array.ConvertAll(several, part => part.Binary),
            _ => [],
        };
        messages = parts.Length is > 0 and <= Most && Array.TrueForAll(parts, part => AmqpShape.IsSequence(part)) ? Decoded(parts) : null;
        return messages is not null;
    }

    private static BrokerMessage[]? Decoded(byte[][] parts)
    {
        try
        {
            return Array.ConvertAll(parts, part => BrokerMessage.Decode(part));
        }
        catch (Exception exception) when (exception is AmqpException or InvalidCastException or FormatException or ArgumentException)
        {
            // Well-formed values that are no message, such as a bare number.
            return null;
        }
    }
}
