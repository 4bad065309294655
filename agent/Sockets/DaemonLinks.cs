using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Looks at what a wallet is connected to by itself: its daemon, or the proxy before it. Not by the daemon's declared port, for a wallet may
/// be told another daemon at any time (<c>set_daemon</c>), ask by a proxy, or have its daemon in a file of its own; and a wallet that waits where
/// nobody looks would be called hung. Only for a wallet that does not answer: it reads every descriptor.
/// </summary>
internal sealed class DaemonLinks(SockDiag diag)
{
    private readonly List<Connection> _connections = [];

    /// <param name="pid">The wallet's process.</param>
    /// <param name="ownPort">Where it listens: what it accepted there are its callers.</param>
    internal DaemonLinkSighting See(int pid, int ownPort)
    {
        if (!diag.TryConnections(_connections, out _) || SocketOwners.HeldBy(pid) is not { } held)
        {
            return new DaemonLinkSighting.NotLooked();
        }

        return Of([.. _connections.Where(c => c.LocalPort != ownPort && held.Contains(c.Inode))]);
    }

    /// <summary>What a wallet's own connections say together: the longest debt, else how long the liveliest has rested.</summary>
    internal static DaemonLinkSighting Of(IReadOnlyList<Connection> own)
    {
        var owed = own.Where(c => c.AnswerOwed).Select(c => (TimeSpan?)c.OwedFor).Max();
        return owed is { } time ? new DaemonLinkSighting.RequestOutstanding(time)
            : own.Count > 0 ? new DaemonLinkSighting.Idle { For = own.Min(c => c.SinceReceived) }
            : new DaemonLinkSighting.NotConnected();
    }

    private static TimeSpan Shorter(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;
}
