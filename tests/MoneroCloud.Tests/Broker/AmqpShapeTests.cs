using Amqp;
using Amqp.Framing;
using CsCheck;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What is looked at before the library decodes it.</summary>
public sealed class AmqpShapeTests
{
    [Fact]
    public void Real_messages_have_a_shape()
    {
        var message = new Message
        {
            Header = new Header { Durable = true, Ttl = 5 },
            Properties = new Properties { MessageId = "1", CreationTime = DateTime.UnixEpoch },
            ApplicationProperties = new ApplicationProperties { ["a"] = 1.5, ["b"] = new Amqp.Types.List { "x", null, true, 7L } },
            BodySection = new AmqpValue { Value = new Amqp.Types.Map { ["tokens"] = new[] { Guid.NewGuid(), Guid.NewGuid() }, ["texts"] = new[] { "a", "bb" } } },
        };
        var bytes = message.Encode();

        Assert.True(AmqpShape.IsSequence(bytes.Buffer.AsSpan(bytes.Offset, bytes.Length)));
        Assert.False(AmqpShape.IsSequence(bytes.Buffer.AsSpan(bytes.Offset, bytes.Length - 1)));
    }

    [Theory]
    [InlineData("450000")] // bytes behind a list
    [InlineData("C0FF01")] // longer than there is
    [InlineData("D00000000480000000")] // a count of two thousand million in nothing
    [InlineData("F000000009FFFFFFFF45")] // an array of four thousand million empty lists
    [InlineData("C0030241")] // fewer elements than counted
    [InlineData("C003014141")] // more elements than counted
    [InlineData("30")] // no such format code
    [InlineData("00")]
    public void What_is_not_well_formed_has_none(string hex) => Assert.False(AmqpShape.IsSequence(Convert.FromHexString(hex)));

    [Fact]
    public void What_is_nested_too_deep_has_none()
    {
        Assert.Equal(-1, AmqpShape.LengthOf(new byte[250_000]));
        byte[] value = [0x40];
        for (var depth = 0; depth < 40; depth++)
        {
            Assert.Equal(depth <= AmqpShape.MostDepth, AmqpShape.LengthOf(value) == value.Length);
            value = [0xC0, (byte)(value.Length + 1), 1, .. value];
        }
    }

    [Fact]
    public void What_has_a_shape_the_library_decodes_without_harm_and_what_has_none_throws_here_nothing() =>
        Gen.OneOf(Gen.Byte.Array[0, 60], Among.Values<byte>(0, 0x53, 0x24, 0x73, 0xC0, 0xC1, 0xD0, 0xE0, 0xA1, 0xA3, 0x45, 0x40, 1, 2, 3, 4).Array[0, 60]).Sample(
            bytes =>
            {
                if (AmqpShape.IsSequence(bytes))
                {
                    try
                    {
                        BrokerMessage.Decode(bytes);
                    }
                    catch (Exception exception)
                    {
                        // A well-formed value that is no message: the connection ends with it.
                        Assert.IsNotType<OutOfMemoryException>(exception);
                    }
                }

                var gate = new FrameGate(EmbeddedBroker.MostFrameBytes, 1000);
                gate.Admits([0, 0, 0, 0, 2, 0, 0, 0, .. bytes]);
                SaslFrames.TryReadInit([0, 0, 0, 0, 2, 1, 0, 0, .. bytes], out _, out _);
            },
            iter: 20_000);

    [Fact]
    public void A_message_that_never_ends_is_cut_off()
    {
        // transfer(handle 0, ..., more = true) with 10,000 bytes of payload.
        byte[] transfer = [0, 0, 0, 0, 2, 0, 0, 0, 0, 0x53, 0x14, 0xC0, 7, 6, 0x43, 0x40, 0x40, 0x40, 0x40, 0x41, .. new byte[10_000]];
        var gate = new FrameGate(EmbeddedBroker.MostFrameBytes, 100_000);
        var admitted = 0;
        while (gate.Admits(transfer))
        {
            admitted++;
        }

        Assert.Equal((100_000 + EmbeddedBroker.MostFrameBytes) / 10_000, admitted);
    }
}
