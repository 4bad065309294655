using System.Text;
using Azure.Messaging.ServiceBus;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Service Bus's own client against our broker: it knows nothing of us, and logs in with a SAS token.</summary>
public sealed class ForeignClientTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private BrokerProcess _broker = null!;
    private ServiceBusClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await BrokerProcess.StartAsync(_deadline.Token);
        _client = Client(_broker.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task It_sends_receives_renews_and_completes()
    {
        await using var sender = _client.CreateSender("q");
        await sender.SendMessagesAsync([new ServiceBusMessage("one") { MessageId = "1", Subject = "s", TimeToLive = TimeSpan.FromMinutes(5) }], _deadline.Token);
        await sender.SendMessageAsync(new ServiceBusMessage("two") { MessageId = "2" }, _deadline.Token);
        await using var receiver = _client.CreateReceiver("q");

        var first = await ReceiveAsync(receiver);
        var lockedUntil = first.LockedUntil;
        await receiver.RenewMessageLockAsync(first, _deadline.Token);
        await receiver.CompleteMessageAsync(first, _deadline.Token);
        var second = await ReceiveAsync(receiver);
        await receiver.CompleteMessageAsync(second, _deadline.Token);

        Assert.Equal(("1", "one", "s", 1, TimeSpan.FromMinutes(5)), (first.MessageId, $"{first.Body}", first.Subject, first.DeliveryCount, first.TimeToLive));
        Assert.True(first.LockedUntil >= lockedUntil);
        Assert.Equal(("2", first.SequenceNumber + 1), (second.MessageId, second.SequenceNumber));
        Assert.Null(await receiver.ReceiveMessageAsync(TimeSpan.FromMilliseconds(300), _deadline.Token));
    }

    [Fact]
    public async Task It_abandons_and_dead_letters()
    {
        await using var sender = _client.CreateSender("q");
        await sender.SendMessageAsync(new ServiceBusMessage("one") { MessageId = "1" }, _deadline.Token);
        await using var receiver = _client.CreateReceiver("q");
        await receiver.AbandonMessageAsync(await ReceiveAsync(receiver), cancellationToken: _deadline.Token);
        var again = await ReceiveAsync(receiver);
        await receiver.DeadLetterMessageAsync(again, "bad", "not JSON", _deadline.Token);
        await using var dead = _client.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var letter = await ReceiveAsync(dead);
        await dead.CompleteMessageAsync(letter, _deadline.Token);

        Assert.Equal(2, again.DeliveryCount);
        Assert.Equal(("1", "bad", "not JSON"), (letter.MessageId, letter.DeadLetterReason, letter.DeadLetterErrorDescription));
    }

    [Fact]
    public async Task It_and_our_client_understand_each_other()
    {
        await using var bus = _broker.Connect();
        await bus.SendAsync("q", new BusMessage { MessageId = "ours", Body = "a"u8.ToArray(), ContentType = "text/plain" }, _deadline.Token);
        await using var receiver = _client.CreateReceiver("q");
        var ours = await ReceiveAsync(receiver);
        await receiver.CompleteMessageAsync(ours, _deadline.Token);
        await using var sender = _client.CreateSender("q");
        await sender.SendMessageAsync(new ServiceBusMessage("b") { MessageId = "theirs" }, _deadline.Token);
        await using var ourReceiver = bus.OpenReceiver("q", 1);
        var theirs = await ourReceiver.ReceiveAsync(_deadline.Token);

        Assert.Equal(("ours", "a", "text/plain"), (ours.MessageId, $"{ours.Body}", ours.ContentType));
        Assert.Equal(("theirs", "b"), (theirs.MessageId, Encoding.UTF8.GetString(theirs.Body.Span)));
        Assert.NotNull(theirs.LockedUntil);
    }

    [Fact]
    public async Task With_a_wrong_key_or_a_wrong_queue_it_is_told_so()
    {
        await using var stranger = Client(_broker.ConnectionString.Replace("SharedAccessKey=key", "SharedAccessKey=wrong", StringComparison.Ordinal));
        await using var sender = stranger.CreateSender("q");
        await using var lost = _client.CreateSender("nowhere");

        await Assert.ThrowsAnyAsync<UnauthorizedAccessException>(() => sender.SendMessageAsync(new ServiceBusMessage("x"), _deadline.Token));
        var notFound = await Assert.ThrowsAsync<ServiceBusException>(() => lost.SendMessageAsync(new ServiceBusMessage("x"), _deadline.Token));
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, notFound.Reason);
    }

    private static ServiceBusClient Client(string connectionString) =>
        new(connectionString, new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 1, TryTimeout = TimeSpan.FromSeconds(10) } });

    private async Task<ServiceBusReceivedMessage> ReceiveAsync(ServiceBusReceiver receiver) =>
        await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(10), _deadline.Token) ?? throw new InvalidOperationException("nothing came");
}
