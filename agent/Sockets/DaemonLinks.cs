using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>Looks at a wallet's connections to its daemon. Only for a wallet that does not answer: it reads every descriptor.</summary>
internal sealed class DaemonLinks(SockDiag diag, SocketOwners sockets)
{
    private readonly List<Connection> _connections = [];

    /// <param name="pid">The wallet's process.</param>
    /// <param name="daemonPort">1 to 65535.</param>
    internal DaemonLinkSighting See(int pid, int daemonPort)
    {
        if (!diag.TryConnections(daemonPort, _connections, out _))
        {
            return new DaemonLinkSighting.NotLooked();
        }

        DaemonLinkSighting seen = new DaemonLinkSighting.NotConnected();
        foreach (var connection in _connections)
        {
            switch (sockets.Holds(pid, connection.Inode))
            {
                case null:
                    return new DaemonLinkSighting.NotLooked();
                case true when connection.AnswerOwed:
                    return new DaemonLinkSighting.RequestOutstanding(connection.SinceReceived);
                case true:
                    seen = new DaemonLinkSighting.Idle();
                    break;
            }
        }

        return seen;
    }
}
