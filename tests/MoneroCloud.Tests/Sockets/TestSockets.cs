using System.Net;
using System.Net.Sockets;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Real sockets of the test's own process.</summary>
internal static class TestSockets
{
    public static Socket Listen(IPAddress address, int port, bool reusePort = false, bool dualStack = false)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (reusePort)
        {
            socket.SetRawSocketOption(1, 15, BitConverter.GetBytes(1));
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.DualMode = dualStack;
        }

        socket.Bind(new IPEndPoint(address, port));
        socket.Listen(100);
        return socket;
    }

    /// <summary>A free port on which nothing listens any more: what tried it may live on for a moment in a child that is being spawned.</summary>
    public static int FreePort()
    {
        var port = Testing.FreePort.Next();
        using var diag = new SockDiag();
        var listeners = new List<Listener>();
        Assert.True(SpinWait.SpinUntil(() => diag.TryListeners(listeners, out _) && listeners.TrueForAll(l => l.Port != port), TimeSpan.FromSeconds(10)));
        return port;
    }

    public static Socket Connect(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(address, port);
        return socket;
    }
}
