using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Clients that open all they can, or send a byte now and then: others are served meanwhile, and they themselves are cut off.</summary>
public sealed class SlowClientTests
{
    private const string Unfinished = "POST /api/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{";

    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.9");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flood_from_one_address_leaves_room_for_others_and_is_told_once()
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: false);
        using var crowd = new Crowd();
        await crowd.OpenAsync(monitor.Port, 600, "");

        Assert.True(SpinWait.SpinUntil(() => crowd.Closed == 600 - 128, 15_000), $"{crowd.Closed} of 600 closed");
        await AreServedAsync(monitor);
        Assert.Contains("127.0.0.9 has 128 connections open", Assert.Single(monitor.Lines, line => line.Contains("warning", StringComparison.Ordinal)), StringComparison.Ordinal);

        // What was given back can be taken again.
        crowd.Dispose();
        using var next = new Crowd();
        for (var tries = 0; tries < 100 && next.Open == 0; tries++)
        {
            await next.OpenAsync(monitor.Port, 1, "");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }

        Assert.True(next.Open > 0);
    }

    [Fact]
    public async Task Requests_that_never_end_hold_up_nobody_else()
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: false);
        using var crowd = new Crowd();
        await crowd.OpenAsync(monitor.Port, 60, "GET /api/x HTTP/1.1\r\nHost: ");
        await crowd.OpenAsync(monitor.Port, 60, Unfinished);
        for (var i = 0; i < 3; i++)
        {
            await crowd.SendAsync("a");
            await AreServedAsync(monitor);
        }
    }

    [Theory]
    [Trait("Tier", "soak")]
    [InlineData("GET /api/x HTTP/1.1\r\nX-Drip: ")]
    [InlineData(Unfinished)]
    [InlineData("")]
    public async Task A_byte_a_second_is_cut_off(string begin)
    {
        await using var monitor = await MonitorUnderTest.StartAsync(handler: false);
        using var crowd = new Crowd();
        await crowd.OpenAsync(monitor.Port, 20, begin);
        for (var second = 0; second < 120 && crowd.Closed < 20; second++)
        {
            await crowd.SendAsync(begin.Length == 0 ? "" : "a");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);
        }

        Assert.Equal(20, crowd.Closed);
        await AreServedAsync(monitor);
    }

    private static async Task AreServedAsync(MonitorUnderTest monitor)
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.StartsWith("HTTP/1.1 200 ", await monitor.SendAsync("GET /api/x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray()), StringComparison.Ordinal);
        }
    }

    /// <summary>Connections from another address than that of the others.</summary>
    private sealed class Crowd : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        private int _refused;

        public int Closed => _refused + _sockets.Count(IsClosed);

        public int Open => _sockets.Count + _refused - Closed;

        public async Task OpenAsync(int port, int count, string begin)
        {
            for (var i = 0; i < count; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _sockets.Add(socket);
                socket.Bind(new IPEndPoint(Attacker, 0));
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), Cancellation);
                }
                catch (SocketException)
                {
                    // It was closed before we had heard that it was open.
                    _sockets.Remove(socket);
                    socket.Dispose();
                    _refused++;
                }
            }

            await SendAsync(begin);
        }

        public async Task SendAsync(string text)
        {
            foreach (var socket in _sockets)
            {
                try
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes(text), Cancellation);
                }
                catch (SocketException)
                {
                    // It was cut off.
                }
            }
        }

        /// <summary>What it was answered before the end is no end.</summary>
        private static bool IsClosed(Socket socket)
        {
            try
            {
                while (socket.Poll(0, SelectMode.SelectRead))
                {
                    if (socket.Receive(new byte[4_096]) == 0)
                    {
                        return true;
                    }
                }

                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        }

        public void Dispose() => _sockets.ForEach(s => s.Dispose());
    }
}
