using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The host's sockets for all nodes: one netlink socket, asked by one caller at a time.</summary>
internal sealed class HostSockets : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SockDiag _diag = new();
    private readonly List<Listener> _listeners = [];

    /// <summary>Who gets the connections to a node's address.</summary>
    /// <param name="owners">The node's own, which remembers the descriptor it found.</param>
    /// <param name="pid">The node's process; null when none runs.</param>
    public PortSighting LookAtPort(PortOwners owners, string host, int port, int? pid)
    {
        lock (_lock)
        {
            return _diag.TryListeners(_listeners, out _, port)
                ? owners.See(_listeners, IPAddress.Parse(host), port, pid)
                : new PortSighting.NotLooked();
        }
    }

    /// <summary>Connections that wait to be accepted at a node's address, whoever listens there.</summary>
    public int QueueAt(string host, int port)
    {
        lock (_lock)
        {
            return _diag.TryListeners(_listeners, out _, port) ? PortOwners.QueueAt(_listeners, IPAddress.Parse(host), port) : 0;
        }
    }

    /// <summary>The connections of a wallet's process to its daemon.</summary>
    /// <param name="ownPort">The port it listens on.</param>
    public DaemonLinkSighting LookAtDaemonLink(int pid, int ownPort)
    {
        lock (_lock)
        {
            return new DaemonLinks(_diag).See(pid, ownPort);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _diag.Dispose();
        }
    }
}
