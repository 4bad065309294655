using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;
using static MoneroCloud.Tests.BrokerUnderTest;

namespace MoneroCloud.Tests;

/// <summary>Each thing that Service Bus may say instead of yes, said by a broker that follows a script: the reaction, and one line in the log.</summary>
[Collection(Alone.Name)] // As BusTokenTests.
public sealed class BusTroubleTests
{
    private readonly CancellationToken _cancellation = TestDeadline.Of(19);
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly BrokerScript _script = new();

    public static TheoryData<string> Conditions => new([.. BusRules.Conditions.Where(condition => condition != BusRules.NoToken), "something:new"]);

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task A_message_that_is_refused(string condition)
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(options: Patient, time: _time);
        _script.OnSend = _ => new QueueRefusal(condition, "words");
        var refused = await bus.SendAsync("q", Message("1"), _cancellation);
        await bus.SendAsync("q", Message("1"), _cancellation);
        _script.OnSend = static _ => null;
        _time.Advance(TimeSpan.FromSeconds(2));
        var sent = await bus.SendAsync("q", Message("1"), _cancellation);

        // The right to send may have ended meanwhile: that alone is worth a second look where all else would be refused again.
        var reaction = BusRules.ReactionTo(condition);
        Assert.Equal(reaction is { IsPermanent: true, NewToken: false }, refused is BusSend.Refused);
        Assert.Equal(reaction.NotBefore, (refused as BusSend.NotNow)?.NotBefore ?? TimeSpan.Zero);
        Assert.IsType<BusSend.Accepted>(sent);
        Assert.Equal([$"trouble: a message for the queue q: {condition}: words: {reaction.Words}"], broker.Told);
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task A_link_that_is_refused(string condition)
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(options: Patient, time: _time);
        _script.OnAttach = (_, _) => new QueueRefusal(condition, "words");
        await using var receiver = bus.OpenReceiver("q", 1);
        var refused = await bus.SendAsync("q", Message("1"), _cancellation);
        await PassUntilAsync(() => broker.Told.Count >= 2);
        _script.OnAttach = static (_, _) => null;
        await PassUntilAsync(() => receiver.Trouble is null);
        var sent = await bus.SendAsync("q", Message("1"), _cancellation);

        var reaction = BusRules.ReactionTo(condition);
        Assert.Equal(reaction.IsPermanent, refused is BusSend.Refused);
        Assert.IsType<BusSend.Accepted>(sent);
        Assert.Equal("1", (await receiver.ReceiveAsync(_cancellation)).MessageId);
        Assert.Equal(
            [
                $"trouble: receiving from the queue q: {condition}: words: {reaction.Words}",
                $"trouble: sending to the queue q: {condition}: words: {reaction.Words}",
                "well: receiving from the queue q works again",
                "well: sending to the queue q works again",
            ],
            broker.Told.Order());
        Assert.Equal(1, Connections(broker));
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task A_link_that_is_dropped_is_opened_again_and_the_connection_stays(string condition)
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(options: Patient, time: _time);
        await using var receiver = bus.OpenReceiver("q", 1);
        await bus.SendAsync("q", Message("1"), _cancellation);
        var held = await receiver.ReceiveAsync(_cancellation);

        _script.Detach("q", condition, "words");
        await PassUntilAsync(() => broker.Told.Count >= 2);
        var again = await receiver.ReceiveAsync(_cancellation);

        Assert.False(await held.CompleteAsync());
        Assert.Equal(("1", 2), (again.MessageId, again.DeliveryCount));
        Assert.Equal([$"trouble: receiving from the queue q: {condition}: words: {BusRules.ReactionTo(condition).Words}", "well: receiving from the queue q works again"], broker.Told);
        await SendAsync(bus, "2"); // Its own link may learn of it later, and then waits on.
        Assert.Equal(1, Connections(broker));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bus_that_asks_for_less_is_left_alone_for_2_s_by_senders_and_by_receivers(bool saidToTheSender)
    {
        await using var broker = await StartAsync();
        var (attaches, sends) = (0, 0);
        var busy = new QueueRefusal(BusRules.ServerBusy, "The request was terminated because the entity is being throttled. Error code : 50009.");
        _script.OnAttach = (_, isSender) => isSender || saidToTheSender || Interlocked.Increment(ref attaches) > 1 ? null : busy;
        _script.OnSend = _ => Interlocked.Increment(ref sends) == 1 && saidToTheSender ? busy : null;
        var bus = broker.Connect(options: Patient, time: _time);
        await using var receiver = bus.OpenReceiver("q", 1);
        await TestDeadline.UntilAsync(() => saidToTheSender || receiver.Trouble is not null, _cancellation);
        Assert.IsType<BusSend.NotNow>(await bus.SendAsync("q", Message("1"), _cancellation));
        await PassAsync(TimeSpan.FromSeconds(1.9));

        var early = Assert.IsType<BusSend.NotNow>(await bus.SendAsync("q", Message("1"), _cancellation));
        Assert.InRange(early.NotBefore, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(0.2));
        Assert.Equal(saidToTheSender ? (0, 1) : (1, 0), (Volatile.Read(ref attaches), Volatile.Read(ref sends)));

        await PassAsync(TimeSpan.FromSeconds(0.3));
        await PassUntilAsync(() => receiver.Trouble is null);
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", Message("1"), _cancellation));
        Assert.Equal("1", (await receiver.ReceiveAsync(_cancellation)).MessageId);
    }

    [Theory]
    [InlineData(BusRules.ConnectionForced)]
    [InlineData(BusRules.InternalError)]
    public async Task A_connection_that_is_closed_is_made_again_and_told_once(string condition)
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(options: Patient, time: _time);
        await using var receiver = bus.OpenReceiver("q", 1);
        await bus.SendAsync("q", Message("1"), _cancellation);
        await receiver.ReceiveAsync(_cancellation);

        _script.CloseConnections("q", condition, "words");
        await PassUntilAsync(() => broker.Told.Count >= 2 && receiver.Trouble is null);
        await SendAsync(bus, "2");

        Assert.Equal(2, (await receiver.ReceiveAsync(_cancellation)).DeliveryCount);
        Assert.Equal(
            [$"trouble: the bus at 127.0.0.1:{broker.Port}: {condition}: words: {BusRules.ReactionTo(condition).Words}", $"well: the bus at 127.0.0.1:{broker.Port} works again"],
            broker.Told);
        Assert.Equal(2, Connections(broker));
    }

    [Fact]
    public async Task A_connection_that_nobody_uses_is_not_made_again_before_somebody_does()
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(options: Patient, time: _time);
        await bus.SendAsync("q", Message("1"), _cancellation);
        _script.CloseConnections("q", BusRules.ConnectionForced, "The connection was inactive for more than the allowed period of time.");
        await TestDeadline.UntilAsync(() => bus.State is BusState.Disconnected, _cancellation);
        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(1, Connections(broker));
        await SendAsync(bus, "2");
        Assert.Equal(2, Connections(broker));
    }

    [Fact]
    public async Task A_lock_that_is_lost_is_told_and_the_message_comes_again()
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(options: Patient, time: _time);
        await using var receiver = bus.OpenReceiver("q", 1);
        await bus.SendAsync("q", Message("1"), _cancellation);
        var held = await receiver.ReceiveAsync(_cancellation);
        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.False(await held.RenewLockAsync(_cancellation));
        Assert.Equal(["trouble: a lock of the queue q: com.microsoft:message-lock-lost: a lock is lost: the message comes again"], broker.Told);
        await held.CompleteAsync();
        Assert.Equal(2, (await receiver.ReceiveAsync(_cancellation)).DeliveryCount);
    }

    [Fact]
    public async Task A_message_that_is_too_large_does_not_leave_and_the_next_one_does()
    {
        await using var broker = await StartAsync();
        var bus = broker.Connect(options: Patient, time: _time);
        var big = Message("big") with { Body = new byte[300_000] };

        var refused = Assert.IsType<BusSend.Refused>(await bus.SendAsync("q", big, _cancellation));

        Assert.Equal(BusRules.MessageSizeExceeded, refused.Condition);
        Assert.Equal(["trouble: a message for the queue q: amqp:link:message-size-exceeded: message big has 300000 bytes, the bus takes 262144 with the properties: the message is not sent"], broker.Told);
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", Message("small"), _cancellation));
    }

    private static int Connections(BrokerUnderTest broker) => broker.Log.Lines.Count(line => line.EndsWith("connected to the bus", StringComparison.Ordinal));

    private async Task<BrokerUnderTest> StartAsync()
    {
        var broker = await BrokerUnderTest.StartAsync(_time, settings => settings with { Script = _script });
        await broker.DeclareAsync("q");
        return broker;
    }

    private async Task SendAsync(BusConnection bus, string id)
    {
        Task<BusSend> sending;
        do
        {
            sending = bus.SendAsync("q", Message(id), _cancellation);
            await PassUntilAsync(() => sending.IsCompleted);
        }
        while (await sending is not BusSend.Accepted);
    }

    private async Task PassUntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await PassAsync(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>A step of the clock, and a moment of our own for what goes over the wire.</summary>
    private async Task PassAsync(TimeSpan step)
    {
        _time.Advance(step);
        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _cancellation);
    }
}
