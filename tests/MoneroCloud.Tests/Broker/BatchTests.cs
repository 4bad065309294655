using System.Text;
using Amqp;
using Amqp.Framing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Several messages in one transfer, as Service Bus's JavaScript client sends them.</summary>
public sealed class BatchTests
{
    private readonly CancellationToken _cancellation = TestDeadline.Of(19);

    [Fact]
    public async Task Each_message_of_a_batch_comes_by_itself_and_a_known_one_is_dropped()
    {
        await using var broker = await WithQueueAsync(10);

        Assert.Null(await SendAsync(broker, Batch(Encoded("1"), Encoded("2"), Encoded("1"))));
        Assert.Null(await SendAsync(broker, Batch(Encoded("3"))));

        await using var receiver = broker.Connect().OpenReceiver("q", 1);
        foreach (var id in (string[])["1", "2", "3"])
        {
            var delivery = await receiver.ReceiveAsync(_cancellation);
            Assert.Equal((id, $"body of {id}"), (delivery.MessageId, Encoding.UTF8.GetString(delivery.Body.Span)));
            Assert.True(await delivery.CompleteAsync());
        }
    }

    [Fact]
    public async Task A_batch_that_finds_too_little_room_leaves_nothing_behind()
    {
        await using var broker = await WithQueueAsync(2);

        Assert.Equal(BusRules.ResourceLimitExceeded, await SendAsync(broker, Batch(Encoded("1"), Encoded("2"), Encoded("3"))));
        Assert.Null(await SendAsync(broker, Batch(Encoded("3"), Encoded("4"))));

        await using var receiver = broker.Connect().OpenReceiver("q", 1);
        Assert.Equal("3", (await receiver.ReceiveAsync(_cancellation)).MessageId);
    }

    public static TheoryData<string, byte[][]> Bad() => new()
    {
        { "none in it", [] },
        { "bytes of nothing", [[0xFF, 0xFF]] },
        { "a good one and half of one", [Encoded("1"), Encoded("2")[..^3]] },
        { "a number, which is no message", [[0x53, 7]] },
        { "one whose id is empty", [Encoded("")] },
        { "more than a transfer may hold", [.. Enumerable.Repeat(Array.Empty<byte>(), MessageBatch.Most + 1)] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_batch_with_a_bad_message_is_refused_whole_and_the_queue_goes_on(string what, byte[][] parts)
    {
        Assert.NotEmpty(what);
        await using var broker = await WithQueueAsync(10);

        Assert.Equal(BusRules.NotAllowed, await SendAsync(broker, Batch(parts)));
        Assert.Null(await SendAsync(broker, Batch(Encoded("after"))));

        await using var receiver = broker.Connect().OpenReceiver("q", 1);
        Assert.Equal("after", (await receiver.ReceiveAsync(_cancellation)).MessageId);
    }

    private static async Task<BrokerUnderTest> WithQueueAsync(int most)
    {
        var broker = await BrokerUnderTest.StartAsync();
        await broker.DeclareAsync("q", new QueueSettings { MostMessages = most });
        return broker;
    }

    private static byte[] Encoded(string id)
    {
        var buffer = new Message { Properties = new Properties { MessageId = id }, BodySection = new Data { Binary = Encoding.UTF8.GetBytes($"body of {id}") } }.Encode();
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }

    private static Message Batch(params byte[][] parts) => new()
    {
        Format = MessageBatch.Format,
        BodySection = parts.Length == 0 ? new AmqpValue { Value = "" } : Sections(parts),
    };

    private static DataList Sections(byte[][] parts)
    {
        var sections = new DataList();
        Array.ForEach(parts, part => sections.Add(new Data { Binary = part }));
        return sections;
    }

    // The condition with which it was refused; null when it was accepted. With the library itself: our client sends no batches.
    private async Task<string?> SendAsync(BrokerUnderTest broker, Message batch)
    {
        var connection = await new ConnectionFactory().CreateAsync(new Address("127.0.0.1", broker.Port, "monitor", BrokerUnderTest.MonitorKey, "/", "AMQP"));
        try
        {
            var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            new SenderLink(new Session(connection), "batches", "q").Send(batch, (_, _, outcome, _) => answer.TrySetResult((outcome as Rejected)?.Error.Condition), null);
            return await answer.Task.WaitAsync(_cancellation);
        }
        finally
        {
            await connection.CloseAsync();
        }
    }
}
