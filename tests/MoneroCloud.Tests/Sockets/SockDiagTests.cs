using System.Net;
using CsCheck;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SockDiagTests : IDisposable
{
    private readonly SockDiag _diag = new();
    private readonly List<Listener> _listeners = [];
    private readonly int _port = TestSockets.FreePort();

    [Fact]
    public void A_listener_is_listed_with_its_address_inode_and_user()
    {
        using var socket = TestSockets.Listen(IPAddress.Loopback, _port);
        var listener = Assert.Single(Listeners());
        Assert.Equal(new Listener(HostAddress.LoopbackIPv4, _port, Inode(socket.Handle), 0, listener.User, false), listener);
        Assert.Equal(TestChild.Output("id -u").Trim(), $"{listener.User}");
    }

    [Theory]
    [InlineData("::1", false, true)]
    [InlineData("::", true, false)]
    [InlineData("::", false, true)]
    public void An_IPv6_listener_says_whether_it_takes_IPv4(string address, bool dualStack, bool only)
    {
        using var socket = TestSockets.Listen(IPAddress.Parse(address), _port, dualStack: dualStack);
        var listener = Assert.Single(Listeners());
        Assert.Equal((HostAddress.Of(IPAddress.Parse(address)), only), (listener.Address, listener.IPv6Only));
    }

    [Fact]
    public void The_accept_queue_counts_connections_that_wait()
    {
        using var socket = TestSockets.Listen(IPAddress.Loopback, _port);
        using var first = TestSockets.Connect(IPAddress.Loopback, _port);
        using var second = TestSockets.Connect(IPAddress.Loopback, _port);
        Assert.Equal(2, Assert.Single(Listeners()).AcceptQueue);
        using var accepted = socket.Accept();
        Assert.Equal(1, Assert.Single(Listeners()).AcceptQueue);
    }

    [Fact]
    public void Nothing_listens_on_a_free_port() => Assert.Empty(Listeners());

    [Fact]
    public void A_connection_tells_whether_an_answer_is_owed()
    {
        using var socket = TestSockets.Listen(IPAddress.Loopback, _port);
        using var client = TestSockets.Connect(IPAddress.Loopback, _port);
        using var server = socket.Accept();
        Assert.False(Mine(client.Handle).AnswerOwed);
        client.Send("hello"u8);
        Assert.True(SpinWait.SpinUntil(() => Mine(client.Handle).SinceReceived > TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(10)));
        client.Send("more"u8);
        Assert.True(Mine(client.Handle).AnswerOwed);
        Assert.True(SpinWait.SpinUntil(() => Mine(client.Handle).SinceSent > TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(10)));
        Assert.True(Mine(client.Handle).AnswerOwed);
        server.Send("answer"u8);
        Assert.False(Mine(client.Handle).AnswerOwed);
    }

    [Fact]
    public void Only_connections_to_the_port_asked_for_are_listed()
    {
        using var socket = TestSockets.Listen(IPAddress.IPv6Loopback, _port);
        using var client = TestSockets.Connect(IPAddress.IPv6Loopback, _port);
        var connections = new List<Connection>();
        Assert.True(_diag.TryConnections(connections, out _, _port));
        Assert.Equal((HostAddress.LoopbackIPv6, _port, Inode(client.Handle)), connections.Select(c => (c.Remote, c.RemotePort, c.Inode)).Single());
        Assert.True(_diag.TryConnections(connections, out _, TestSockets.FreePort()));
        Assert.Empty(connections);
    }

    [Fact]
    public void Hundreds_of_listeners_come_in_several_messages_and_all_are_listed()
    {
        var ports = Enumerable.Range(0, 400).Select(_ => TestSockets.FreePort()).ToHashSet();
        var sockets = ports.Select(port => TestSockets.Listen(IPAddress.Loopback, port)).ToList();
        Assert.True(_diag.TryListeners(_listeners, out _));
        Assert.Subset(_listeners.Select(l => l.Port).ToHashSet(), ports);
        sockets.ForEach(s => s.Dispose());
    }

    [Fact]
    public void A_disposed_one_opens_itself_again()
    {
        _diag.Dispose();
        Assert.True(_diag.TryListeners(_listeners, out var error));
        Assert.Equal(Errno.None, error);
    }

    [Fact]
    public void An_answer_that_is_no_answer_ends_neither_in_a_loop_nor_out_of_bounds() =>
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            var interrupted = false;
            try
            {
                _ = DiagMessage.ReadAll(bytes, 0, [], static (in DiagMessage m) => m.ToConnection(), ref interrupted);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // An error message by chance.
            }
        });

    public void Dispose() => _diag.Dispose();

    public static uint Inode(nint handle)
    {
        var link = new FileInfo($"/proc/self/fd/{handle}").LinkTarget!;
        return uint.Parse(link["socket:[".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private List<Listener> Listeners()
    {
        Assert.True(_diag.TryListeners(_listeners, out _));
        return _listeners.FindAll(l => l.Port == _port);
    }

    private Connection Mine(nint handle)
    {
        var connections = new List<Connection>();
        Assert.True(_diag.TryConnections(connections, out _, _port));
        return connections.Single(c => c.Inode == Inode(handle));
    }
}
