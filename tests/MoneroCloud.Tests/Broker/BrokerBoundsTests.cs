using System.Net;
using System.Net.Sockets;
using Amqp.Listener;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What the broker refuses, and what it survives.</summary>
public sealed class BrokerBoundsTests
{
    private readonly CancellationToken _cancellation = TestDeadline.Of(19);

    [Fact]
    public async Task A_second_broker_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var broker = await WithQueueAsync();

        var second = Assert.IsType<BrokerStart.Refused>(broker.TryStart());

        Assert.Equal($"{broker.Settings.DataFile} is in use by another monitor ({broker.Settings.DataFile}.lock is held)", second.Why);
        Assert.IsType<BusSend.Accepted>(await broker.Connect().SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
    }

    [Fact]
    public async Task A_second_broker_on_the_same_port_is_refused()
    {
        await using var broker = await WithQueueAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => BrokerUnderTest.StartAsync(tune: settings => settings with { Endpoint = broker.Settings.Endpoint }));
        Assert.IsType<BusSend.Accepted>(await broker.Connect().SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
    }

    [Fact]
    public async Task A_port_that_another_program_shares_willingly_is_refused_as_well()
    {
        // The library's own listener: it lets a second one listen beside it.
        await using var broker = await BrokerUnderTest.StartAsync();
        await broker.StopAsync();
        var library = new ContainerHost(new Amqp.Address("127.0.0.1", broker.Port, null, null, "/", "AMQP"));
        library.Open();
        try
        {
            Assert.Equal($"127.0.0.1:{broker.Port} is taken by another program: the bus cannot listen there", Assert.IsType<BrokerStart.Refused>(broker.TryStart()).Why);
        }
        finally
        {
            library.Close();
        }

        await broker.StartAgainAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_by_name()
    {
        await using var broker = await BrokerUnderTest.StartAsync();
        await broker.StopAsync();
        await File.WriteAllTextAsync(broker.Settings.DataFile, new string('x', 10_000), _cancellation);

        Assert.Contains($"{broker.Settings.DataFile} cannot be used as the bus's store", Assert.IsType<BrokerStart.Refused>(broker.TryStart()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_data_are_the_users_alone()
    {
        await using var broker = await WithQueueAsync();

        Assert.All(Directory.GetFiles(Path.GetDirectoryName(broker.Settings.DataFile)!), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Theory]
    [InlineData(256 * 1024 - 1000, true)]
    [InlineData(256 * 1024 + 1, false)]
    [InlineData(4 << 20, false)]
    public async Task A_message_has_at_most_256_KiB(int bytes, bool accepted)
    {
        await using var broker = await WithQueueAsync();
        var bus = broker.Connect();

        var sent = await bus.SendAsync("q", new BusMessage { MessageId = "1", Body = new byte[bytes] }, _cancellation);

        Assert.Equal(accepted ? null : BusRules.MessageSizeExceeded, (sent as BusSend.Refused)?.Condition);
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", BrokerUnderTest.Message("2"), _cancellation));
        await using var receiver = bus.OpenReceiver("q", 1);
        Assert.Equal(accepted ? bytes : 5, (await receiver.ReceiveAsync(_cancellation)).Body.Length);
    }

    [Fact]
    public async Task A_full_queue_takes_nothing_more_until_something_left_it()
    {
        await using var broker = await BrokerUnderTest.StartAsync();
        await broker.DeclareAsync("q", new QueueSettings { MostMessages = 2 });
        var bus = broker.Connect();
        await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation);
        await bus.SendAsync("q", BrokerUnderTest.Message("2"), _cancellation);

        var third = await bus.SendAsync("q", BrokerUnderTest.Message("3"), _cancellation);
        await using var receiver = bus.OpenReceiver("q", 1);
        await (await receiver.ReceiveAsync(_cancellation)).CompleteAsync();
        var second = await receiver.ReceiveAsync(_cancellation);
        var again = await bus.SendAsync("q", BrokerUnderTest.Message("3"), _cancellation);

        Assert.Contains(BusRules.ResourceLimitExceeded, Assert.IsType<BusSend.NotNow>(third).Reason, StringComparison.Ordinal);
        Assert.Equal("2", second.MessageId);
        Assert.IsType<BusSend.Accepted>(again);
    }

    [Fact]
    public async Task A_full_disk_refuses_what_comes_and_keeps_what_was_accepted()
    {
        await using var broker = await BrokerUnderTest.StartAsync(tune: settings => settings with { MostFileBytes = 1 << 20 });
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        var accepted = new List<string>();
        BusSend last;
        do
        {
            var id = $"{accepted.Count}";
            last = await bus.SendAsync("q", new BusMessage { MessageId = id, Body = new byte[50_000] }, _cancellation);
            if (last is BusSend.Accepted)
            {
                accepted.Add(id);
            }
        }
        while (last is BusSend.Accepted);

        await using var receiver = bus.OpenReceiver("q", 1);
        foreach (var id in accepted)
        {
            var delivery = await receiver.ReceiveAsync(_cancellation);
            Assert.Equal(id, delivery.MessageId);
            await delivery.CompleteAsync();
        }

        Assert.IsType<BusSend.NotNow>(last);
        Assert.InRange(accepted.Count, 5, 21);
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", BrokerUnderTest.Message("after"), _cancellation));
        Assert.Contains(broker.Log.Lines, line => line.Contains("store failed on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_count_of_deliveries_survives_the_broker()
    {
        await using var broker = await WithQueueAsync();
        var bus = broker.Connect();
        await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation);
        await using var receiver = bus.OpenReceiver("q", 1);
        foreach (var count in (int[])[1, 2, 3])
        {
            Assert.Equal(count, (await receiver.ReceiveAsync(_cancellation)).DeliveryCount);
            await broker.StopAsync();
            await broker.StartAgainAsync();
        }

        Assert.Equal(4, (await receiver.ReceiveAsync(_cancellation)).DeliveryCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("$cbs")]
    [InlineData("a b")]
    public async Task A_queues_name_has_its_characters(string name)
    {
        await using var broker = await BrokerUnderTest.StartAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => broker.DeclareAsync(name));
    }

    [Fact]
    public async Task Random_bytes_harm_nobody()
    {
        await using var broker = await WithQueueAsync();
        var bus = broker.Connect();
        var random = new Random(7);
        byte[][] beginnings = [[], "AMQP\u0003\u0001\0\0"u8.ToArray(), "AMQP\0\u0001\0\0"u8.ToArray(), "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), [0x16, 3, 1]];
        for (var i = 0; i < 100; i++)
        {
            var noise = new byte[random.Next(2000)];
            random.NextBytes(noise);
            using var socket = await DialAsync(broker);
            await socket.SendAsync((byte[])[.. beginnings[i % beginnings.Length], .. noise], _cancellation);
            socket.Shutdown(SocketShutdown.Send);
            await DrainAsync(socket);
        }

        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
    }

    [Fact]
    public async Task Who_does_not_log_in_is_cut_off_at_the_deadline_and_others_come_in_meanwhile()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var broker = await BrokerUnderTest.StartAsync(time);
        await broker.DeclareAsync("q");
        using var silent = await DialAsync(broker);
        using var halfway = await DialAsync(broker);
        await halfway.SendAsync("AMQP\u0003\u0001\0\0"u8.ToArray(), _cancellation);
        Assert.IsType<BusSend.Accepted>(await broker.Connect().SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));

        time.Advance(TimeSpan.FromSeconds(11));

        await DrainAsync(silent);
        await DrainAsync(halfway);
    }

    [Fact]
    public async Task After_the_login_the_client_speaks_first_and_only_AMQP()
    {
        await using var broker = await WithQueueAsync();
        byte[] response = [0, .. "monitor\0"u8, .. System.Text.Encoding.ASCII.GetBytes(BrokerUnderTest.MonitorKey)];
        byte[] fields = [2, 0xA3, 5, .. "PLAIN"u8, 0xA0, (byte)response.Length, .. response];
        byte[] init = [2, 1, 0, 0, 0, 0x53, 0x41, 0xC0, (byte)fields.Length, .. fields];
        byte[] login = [.. "AMQP\u0003\u0001\0\0"u8, 0, 0, 0, (byte)(init.Length + 4), .. init];
        using var good = await DialAsync(broker);
        await good.SendAsync(login, _cancellation);
        var said = new byte[4096];
        var outcome = "\0\0\0\u0010\u0002\u0001\0\0\0SD"u8.ToArray();
        var length = 0;
        while (said.AsSpan(0, length).IndexOf(outcome) is var at && (at < 0 || length < at + 16))
        {
            length += await good.ReceiveAsync(said.AsMemory(length), _cancellation);
        }

        // One client loses what comes with the outcome. Nothing comes by itself afterwards either.
        Assert.Equal(length, said.AsSpan(0, length).IndexOf(outcome) + 16);
        Assert.False(good.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead));
        await good.SendAsync("AMQP\0\u0001\0\0"u8.ToArray(), _cancellation);
        Assert.True(await good.ReceiveAsync(said, _cancellation) >= 8);

        using var bad = await DialAsync(broker);
        await bad.SendAsync((byte[])[.. login, .. "GET / HTTP/1.1"u8], _cancellation);
        await DrainAsync(bad);
        Assert.Contains(broker.Log.Lines, line => line.Contains("logged in and did not go on with AMQP 1.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_of_silent_connections_is_bounded_and_passes()
    {
        await using var broker = await BrokerUnderTest.StartAsync(tune: settings => settings with { MostHandshakes = 20, HandshakeDeadline = TimeSpan.FromSeconds(2) });
        await broker.DeclareAsync("q");
        var bus = broker.Connect();
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", BrokerUnderTest.Message("1"), _cancellation));
        var flood = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => DialAsync(broker)));

        // Those that are logged in do not feel it; those too many are cut at once, the others at the deadline.
        Assert.IsType<BusSend.Accepted>(await bus.SendAsync("q", BrokerUnderTest.Message("2"), _cancellation));
        await Task.WhenAll(flood.Select(DrainAsync));
        Assert.IsType<BusSend.Accepted>(await broker.Connect().SendAsync("q", BrokerUnderTest.Message("3"), _cancellation));
        Assert.Contains(broker.Log.Lines, line => line.Contains("too many", StringComparison.Ordinal));
        Array.ForEach(flood, socket => socket.Dispose());
    }

    [Fact]
    public async Task One_user_has_a_bound_of_connections()
    {
        await using var broker = await BrokerUnderTest.StartAsync(tune: settings => settings with { MostConnectionsPerUser = 2 });
        await broker.DeclareAsync("reports");
        var first = broker.Connect("agent:host1", BrokerUnderTest.AgentKey);
        await first.SendAsync("reports", BrokerUnderTest.Message("1"), _cancellation);
        await broker.Connect("agent:host1", BrokerUnderTest.AgentKey).SendAsync("reports", BrokerUnderTest.Message("2"), _cancellation);
        var third = broker.Connect("agent:host1", BrokerUnderTest.AgentKey, BrokerUnderTest.Quick with { SendDeadline = TimeSpan.FromMilliseconds(300) });

        Assert.IsType<BusSend.NotNow>(await third.SendAsync("reports", BrokerUnderTest.Message("3"), _cancellation));
        Assert.IsType<BusSend.Accepted>(await broker.Connect().SendAsync("reports", BrokerUnderTest.Message("4"), _cancellation));
        await first.DisposeAsync();
        await TestDeadline.UntilAsync(() => third.SendAsync("reports", BrokerUnderTest.Message("5"), _cancellation).Result is BusSend.Accepted, _cancellation);
    }

    private static async Task<BrokerUnderTest> WithQueueAsync()
    {
        var broker = await BrokerUnderTest.StartAsync();
        await broker.DeclareAsync("q");
        return broker;
    }

    private async Task<Socket> DialAsync(BrokerUnderTest broker)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, broker.Port), _cancellation);
        return socket;
    }

    // Until the broker closes it.
    private async Task DrainAsync(Socket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, _cancellation) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset: closed as well.
        }
    }
}
