using System.Text;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;
using static MoneroCloud.Tests.BrokerUnderTest;

namespace MoneroCloud.Tests;

/// <summary>The client and the broker together, over TCP.</summary>
public sealed class BusClientTests
{
    private readonly CancellationToken _cancellation = TestDeadline.Of(19);

    [Fact]
    public async Task What_is_sent_is_received_with_all_its_parts_and_does_not_come_again_once_completed()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        var sent = await bus.SendAsync("q", Message("1") with { ContentType = "text/plain", Subject = "s", TimeToLive = TimeSpan.FromMinutes(5) }, _cancellation);
        await using var receiver = bus.OpenReceiver("q", 1);

        var delivery = await receiver.ReceiveAsync(_cancellation);

        Assert.IsType<BusSend.Accepted>(sent);
        Assert.Equal(("1", "hello", "text/plain", "s", 1), (delivery.MessageId, Text(delivery), delivery.ContentType, delivery.Subject, delivery.DeliveryCount));
        Assert.Equal(TimeSpan.FromMinutes(5), delivery.ExpiresAt - delivery.EnqueuedAt);
        Assert.InRange(delivery.LockedUntil!.Value - delivery.EnqueuedAt!.Value, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(80));
        Assert.True(await delivery.CompleteAsync());
        await AssertEmptyAsync(bus, receiver, "q");
    }

    [Fact]
    public async Task Messages_come_in_order_also_those_that_were_given_back()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        foreach (var id in Enumerable.Range(0, 20))
        {
            Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", Message($"{id}"), _cancellation));
        }

        await using var receiver = bus.OpenReceiver("q", 1);
        Assert.True(await (await receiver.ReceiveAsync(_cancellation)).AbandonAsync());
        List<(string, int)> came = [];
        while (came.Count < 20)
        {
            var delivery = await receiver.ReceiveAsync(_cancellation);
            came.Add((delivery.MessageId, delivery.DeliveryCount));
            await delivery.CompleteAsync();
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(id => ($"{id}", id == 0 ? 2 : 1)), came);
    }

    [Fact]
    public async Task With_credit_1_the_next_message_comes_only_after_the_one_before_was_settled()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        await using var receiver = bus.OpenReceiver("q", 1);
        await bus.SendAsync("q", Message("1"), _cancellation);
        await bus.SendAsync("q", Message("2"), _cancellation);
        var first = await receiver.ReceiveAsync(_cancellation);

        // A second receiver gets the second message: it was not in the first one's hands.
        await using var other = bus.OpenReceiver("q", 1);
        var second = await other.ReceiveAsync(_cancellation);

        Assert.Equal(("1", "2"), (first.MessageId, second.MessageId));
    }

    [Fact]
    public async Task A_dead_letter_has_its_reason_and_can_be_received_and_completed()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        await bus.SendAsync("q", Message("1"), _cancellation);
        await using var receiver = bus.OpenReceiver("q", 1);
        Assert.True(await (await receiver.ReceiveAsync(_cancellation)).DeadLetterAsync("bad", "not JSON"));

        await using var dead = bus.OpenReceiver("q/$deadletterqueue", 1);
        var letter = await dead.ReceiveAsync(_cancellation);

        Assert.Equal(("1", "hello", "bad", "not JSON"), (letter.MessageId, Text(letter), letter.DeadLetterReason, letter.DeadLetterDescription));
        Assert.True(await letter.CompleteAsync());
        await AssertEmptyAsync(bus, receiver, "q");
    }

    [Fact]
    public async Task A_lock_that_is_renewed_holds_and_one_that_is_not_lets_the_message_come_again()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var broker = await StartAsync(time);
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        await bus.SendAsync("q", Message("1"), _cancellation);
        await using var first = bus.OpenReceiver("q", 1);
        var held = await first.ReceiveAsync(_cancellation);
        await using var second = bus.OpenReceiver("q", 1);
        time.Advance(TimeSpan.FromSeconds(50));

        Assert.True(await held.RenewLockAsync(_cancellation));
        Assert.Equal(110, (held.LockedUntil!.Value - held.EnqueuedAt!.Value).TotalSeconds, 0.1);
        time.Advance(TimeSpan.FromSeconds(50));
        Assert.True(await held.RenewLockAsync(_cancellation));
        time.Advance(TimeSpan.FromSeconds(61));

        Assert.False(await held.RenewLockAsync(_cancellation));
        var again = await second.ReceiveAsync(_cancellation);
        Assert.Equal(("1", 2), (again.MessageId, again.DeliveryCount));
        await held.CompleteAsync();
        Assert.True(await again.RenewLockAsync(_cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_whose_time_is_over_is_dropped_or_a_dead_letter(bool deadLetter)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var broker = await StartAsync(time);
        await broker.DeclareAsync("q", new QueueSettings { DeadLetterExpired = deadLetter });
        var bus = broker.Connect();
        await bus.SendAsync("q", Message("short") with { TimeToLive = TimeSpan.FromSeconds(30) }, _cancellation);
        await bus.SendAsync("q", Message("long") with { TimeToLive = TimeSpan.FromSeconds(300) }, _cancellation);
        time.Advance(TimeSpan.FromSeconds(31));

        await using var receiver = bus.OpenReceiver("q", 1);
        var first = await receiver.ReceiveAsync(_cancellation);
        await using var dead = bus.OpenReceiver(Names.DeadLetterQueue("q"), 1);
        await first.DeadLetterAsync("mark", "");
        var letter = await dead.ReceiveAsync(_cancellation);

        Assert.Equal("long", first.MessageId);
        Assert.Equal(deadLetter ? ("short", "TTLExpiredException") : ("long", "mark"), (letter.MessageId, letter.DeadLetterReason));
    }

    [Fact]
    public async Task A_message_delivered_too_often_is_a_dead_letter()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q", new QueueSettings { MaxDeliveryCount = 3 });
        var bus = broker.Connect();
        await bus.SendAsync("q", Message("poison"), _cancellation);
        await using var receiver = bus.OpenReceiver("q", 1);
        foreach (var count in (int[])[1, 2, 3])
        {
            var delivery = await receiver.ReceiveAsync(_cancellation);
            Assert.Equal(count, delivery.DeliveryCount);
            await delivery.AbandonAsync();
        }

        await using var dead = bus.OpenReceiver(Names.DeadLetterQueue("q"), 1);
        Assert.Equal("MaxDeliveryCountExceeded", (await dead.ReceiveAsync(_cancellation)).DeadLetterReason);
    }

    [Fact]
    public async Task A_second_message_with_an_id_is_accepted_and_dropped_for_10_minutes_and_across_a_restart()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var broker = await StartAsync(time);
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        await using var receiver = bus.OpenReceiver("q", 1);
        await bus.SendAsync("q", Message("1"), _cancellation);
        await (await receiver.ReceiveAsync(_cancellation)).CompleteAsync();
        await AssertEmptyAsync(bus, receiver, "q");
        await broker.StopAsync();
        await broker.StartAgainAsync();
        time.Advance(TimeSpan.FromMinutes(9));

        // A connection that is lost at this very moment says so, and the sender sends again.
        while (await bus.SendAsync("q", Message("1"), _cancellation) is BusSend.NotNow)
        {
        }

        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", Message("2"), _cancellation));
        Assert.Equal(("2", "hello"), await NextAsync(receiver, "1", "2"));

        time.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", Message("1", "later"), _cancellation));
        Assert.Equal(("1", "later"), await NextAsync(receiver, "1"));
    }

    [Fact]
    public async Task A_broker_that_is_stopped_and_started_is_found_again_and_nothing_is_lost()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        var states = new System.Collections.Concurrent.ConcurrentQueue<BusState>();
        bus.StateChanged += states.Enqueue;
        await using var receiver = bus.OpenReceiver("q", 1);
        var waiting = receiver.ReceiveAsync(_cancellation).AsTask();
        await bus.SendAsync("q", Message("1"), _cancellation);
        var held = await waiting;
        await bus.SendAsync("q", Message("2"), _cancellation);
        await broker.StopAsync();
        var away = await broker.Connect(options: Quick with { SendDeadline = TimeSpan.FromMilliseconds(300) }).SendAsync("q", Message("3"), _cancellation);
        Assert.False(await held.CompleteAsync());
        await broker.StartAgainAsync();

        var again = await receiver.ReceiveAsync(_cancellation);

        Assert.Contains("not connected", Assert.IsType<BusSend.NotNow>(away).Reason, StringComparison.Ordinal);
        Assert.Equal(("1", 2), (again.MessageId, again.DeliveryCount));
        Assert.True(await again.CompleteAsync());
        Assert.Equal("2", (await receiver.ReceiveAsync(_cancellation)).MessageId);
        Assert.IsType<BusState.Connected>(bus.State);
        Assert.Contains(states, state => state is BusState.Disconnected { LastError: not null });
    }

    [Fact]
    public async Task A_send_waits_for_the_first_connection()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q");
        await broker.StopAsync();
        var bus = broker.Connect();
        var sending = bus.SendAsync("q", Message("1"), _cancellation);
        await broker.StartAgainAsync();

        Assert.IsType<BusSend.Accepted>(await sending);
    }

    [Fact]
    public async Task What_its_holder_did_not_settle_comes_again_at_once_when_the_holders_connection_dies()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        await bus.SendAsync("q", Message("1"), _cancellation);
        var other = broker.Connect();
        await using var holder = other.OpenReceiver("q", 1);
        await holder.ReceiveAsync(_cancellation);
        await using var receiver = bus.OpenReceiver("q", 1);
        var waiting = receiver.ReceiveAsync(_cancellation);

        await other.DisposeAsync();

        Assert.Equal(2, (await waiting).DeliveryCount);
    }

    [Fact]
    public async Task Many_messages_pass_side_by_side_each_once()
    {
        await using var broker = await StartAsync();
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        await using var receiver = bus.OpenReceiver("q", 50);
        var sending = Enumerable.Range(0, 500).Select(id => bus.SendAsync("q", Message($"{id}"), _cancellation)).ToArray();
        List<string> came = [];
        while (came.Count < 500)
        {
            var delivery = await receiver.ReceiveAsync(_cancellation);
            came.Add(delivery.MessageId);
            Assert.True(await delivery.CompleteAsync());
        }

        Assert.All(await Task.WhenAll(sending), sent => Assert.IsType<BusSend.Accepted>(sent));
        Assert.Equal(500, came.Distinct().Count());
        await AssertEmptyAsync(bus, receiver, "q");
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_his_cancellation_and_nothing_else_throws()
    {
        await using var broker = await StartAsync();
        await broker.StopAsync();
        var bus = broker.Connect();
        using var impatient = new CancellationTokenSource();
        var sending = bus.SendAsync("q", Message("1"), impatient.Token);
        await using var receiver = bus.OpenReceiver("q", 1);
        var receiving = receiver.ReceiveAsync(impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.AsTask());
    }

    private static string Text(BusDelivery delivery) => Encoding.UTF8.GetString(delivery.Body.Span);

    // The next message of these ids; another one may be a completion that the broker's stop outran.
    private async Task<(string, string)> NextAsync(BusReceiver receiver, params string[] ids)
    {
        while (true)
        {
            var delivery = await receiver.ReceiveAsync(_cancellation);
            await delivery.CompleteAsync();
            if (ids.Contains(delivery.MessageId))
            {
                return (delivery.MessageId, Text(delivery));
            }
        }
    }

    // Order within a queue: what comes next is what was sent next.
    private async Task AssertEmptyAsync(BusConnection bus, BusReceiver receiver, string queue)
    {
        var id = $"{Guid.NewGuid()}";
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync(queue, Message(id), _cancellation));
        var next = await receiver.ReceiveAsync(_cancellation);
        Assert.Equal(id, next.MessageId);
        await next.CompleteAsync();
    }
}
