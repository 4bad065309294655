using System.Net;
using System.Net.Sockets;
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

        // A child that another test is just spawning holds, until its exec, what was closed here: also the port's last listener.
        Assert.True(SpinWait.SpinUntil(() => TryBind(socket, new IPEndPoint(address, port)), TimeSpan.FromSeconds(10)));
        socket.Listen(100);
        return socket;
    }

    public static Socket Connect(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(address, port);
        return socket;
    }

    private static bool TryBind(Socket socket, EndPoint address)
    {
        try
        {
            socket.Bind(address);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
