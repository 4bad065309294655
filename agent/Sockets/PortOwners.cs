using System.Net;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Says who gets the connections to a node's address. Only the listeners that the kernel would choose for it count:
/// one bound to the very address before a wildcard, a wildcard of its family before a dual-stack one.
/// </summary>
internal sealed class PortOwners(SocketOwners sockets)
{
    private const int Exact = 3;
    private const int Wildcard = 2;
    private const int DualStack = 1;

    /// <param name="listeners">One dump serves all nodes of a pass.</param>
    /// <param name="host">The address the node listens on; a wildcard is looked at from loopback.</param>
    /// <param name="pid">The node's process; null while none runs, and then nothing that listens is its own.</param>
    internal PortSighting See(IReadOnlyList<Listener> listeners, IPAddress host, int port, int? pid)
    {
        var address = Target(host);
        var best = BestRank(listeners, address, port);
        return best == 0 ? new PortSighting.Nobody() : Judge(listeners, address, port, best, pid);
    }

    /// <summary>Connections that wait at the address, whoever listens.</summary>
    internal static int QueueAt(IReadOnlyList<Listener> listeners, IPAddress host, int port)
    {
        var address = Target(host);
        var best = BestRank(listeners, address, port);
        return best == 0 ? 0 : listeners.Where(l => Rank(l, address, port) == best).Sum(l => l.AcceptQueue);
    }

    private static int BestRank(IReadOnlyList<Listener> listeners, HostAddress address, int port)
    {
        var best = 0;
        for (var i = 0; i < listeners.Count; i++)
        {
            best = Math.Max(best, Rank(listeners[i], address, port));
        }

        return best;
    }

    /// <remarks>Several share the address with SO_REUSEPORT: the kernel spreads connections, so one stranger takes some of ours.</remarks>
    private PortSighting Judge(IReadOnlyList<Listener> listeners, HostAddress address, int port, int rank, int? pid)
    {
        var queue = 0;
        var refused = false;
        for (var i = 0; i < listeners.Count; i++)
        {
            var listener = listeners[i];
            if (Rank(listener, address, port) != rank)
            {
                continue;
            }

            var ours = pid is { } own ? sockets.Holds(own, listener.Inode) : false;
            if (ours == false)
            {
                var taker = SocketOwners.AnyHolder(listener.Inode);
                return new PortSighting.Taken(taker, taker is { } other ? ProcessReader.Name(other) : null);
            }

            refused |= ours is null;
            queue += listener.AcceptQueue;
        }

        return refused ? new PortSighting.NotPermitted(queue) : new PortSighting.Own(queue);
    }

    private static HostAddress Target(IPAddress host)
    {
        var address = HostAddress.Of(host);
        return !address.IsAny ? address : address.IsIPv6 ? HostAddress.LoopbackIPv6 : HostAddress.LoopbackIPv4;
    }

    /// <summary>0 when connections to the address cannot reach the listener.</summary>
    private static int Rank(in Listener listener, HostAddress address, int port)
    {
        if (listener.Port != port)
        {
            return 0;
        }

        if (listener.Address.IsIPv6 == address.IsIPv6)
        {
            return listener.Address.Bits == address.Bits ? Exact : listener.Address.IsAny ? Wildcard : 0;
        }

        return listener.Address is { IsIPv6: true, IsAny: true } && !listener.IPv6Only ? DualStack : 0;
    }
}
