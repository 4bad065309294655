using System.Net.Sockets;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Tells systemd about the agent (sd_notify(3)): <c>READY=1</c>, <c>STATUS=...</c>, <c>WATCHDOG=1</c>, <c>STOPPING=1</c>, <c>EXTEND_TIMEOUT_USEC=...</c>.</summary>
internal static class SystemdNotify
{
    /// <summary>False when nobody asked for it or the message could not be sent; the agent works on either way.</summary>
    internal static bool Send(string state) => Send(Environment.GetEnvironmentVariable(Names.NotifySocketVariable), state);

    /// <param name="address">A path, or an abstract name after <c>@</c>; null or empty outside systemd.</param>
    internal static bool Send(string? address, string state)
    {
        if (string.IsNullOrEmpty(address))
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
            socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address));
            return socket.Send(Encoding.UTF8.GetBytes(state)) > 0;
        }
        catch (Exception refused) when (refused is SocketException or ArgumentException)
        {
            return false;
        }
    }
}
