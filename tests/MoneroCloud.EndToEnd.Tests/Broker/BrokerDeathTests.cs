using System.Collections.Concurrent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The broker killed -9 in the midst of its work.</summary>
public sealed class BrokerDeathTests
{
    [Fact]
    public async Task What_was_accepted_is_there_after_the_broker_was_killed_in_the_midst_of_it()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var broker = await BrokerProcess.StartAsync(deadline.Token);
        await using var bus = broker.Connect();
        var accepted = new ConcurrentQueue<string>();
        var enough = new TaskCompletionSource();
        var senders = Enumerable.Range(0, 16).Select(sender => SendUntilRefusedAsync(bus, sender, accepted, enough, deadline.Token)).ToArray();
        await enough.Task.WaitAsync(deadline.Token);

        await broker.KillAsync();
        await Task.WhenAll(senders);
        await broker.StartAgainAsync(deadline.Token);

        var missing = new HashSet<string>(accepted);
        await using var receiver = bus.OpenReceiver("q", 100);
        while (missing.Count > 0)
        {
            var delivery = await receiver.ReceiveAsync(deadline.Token);
            missing.Remove(delivery.MessageId);
            await delivery.CompleteAsync();
        }

        Assert.True(accepted.Count >= 500);
    }

    [Fact]
    public async Task A_message_whose_holder_died_with_the_broker_comes_again_with_its_count()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var broker = await BrokerProcess.StartAsync(deadline.Token);
        await using var bus = broker.Connect();
        await bus.SendAsync("q", new BusMessage { MessageId = "poison", Body = default }, deadline.Token);
        await using var receiver = bus.OpenReceiver("q", 1);
        await receiver.ReceiveAsync(deadline.Token);
        await broker.KillAsync();
        await broker.StartAgainAsync(deadline.Token);

        Assert.Equal(2, (await receiver.ReceiveAsync(deadline.Token)).DeliveryCount);
    }

    [Fact]
    public async Task A_message_comes_again_at_once_when_its_holders_line_is_cut_without_a_word()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var broker = await BrokerProcess.StartAsync(deadline.Token);
        await using var bus = broker.Connect();
        await bus.SendAsync("q", new BusMessage { MessageId = "1", Body = default }, deadline.Token);
        await using var line = new CutLine(broker.Port);
        var address = BusAddress.Parse($"Endpoint=sb://127.0.0.1:{line.Port};SharedAccessKeyName=monitor;SharedAccessKey=key;UseDevelopmentEmulator=true");
        await using var other = new BusConnection(address, new BusOptions(), TimeProvider.System);
        await using var holder = other.OpenReceiver("q", 1);
        await holder.ReceiveAsync(deadline.Token);
        await using var receiver = bus.OpenReceiver("q", 1);
        var waiting = receiver.ReceiveAsync(deadline.Token).AsTask();

        var cut = TimeProvider.System.GetTimestamp();
        line.Cut();

        Assert.Equal(2, (await waiting).DeliveryCount);
        Assert.InRange(TimeProvider.System.GetElapsedTime(cut), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static async Task SendUntilRefusedAsync(BusConnection bus, int sender, ConcurrentQueue<string> accepted, TaskCompletionSource enough, CancellationToken cancellation)
    {
        for (var number = 0; ; number++)
        {
            var id = $"{sender}.{number}";
            if (await bus.SendAsync("q", new BusMessage { MessageId = id, Body = new byte[200] }, cancellation) is not BusSend.Accepted)
            {
                // Slow to connect it is not refused: only once there are enough it may have been killed.
                if (enough.Task.IsCompleted)
                {
                    return;
                }

                continue;
            }

            accepted.Enqueue(id);
            if (accepted.Count >= 500)
            {
                enough.TrySetResult();
            }
        }
    }
}
