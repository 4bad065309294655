using System.Buffers.Text;

namespace MoneroCloud.Agent;

/// <summary>
/// Which process holds a socket. The descriptor's number is remembered, so the usual question costs one readlink.
/// Not for several threads.
/// </summary>
internal sealed class SocketOwners
{
    private const int RememberedMax = 4096;

    private readonly Dictionary<(int Pid, uint Inode), int> _remembered = [];

    /// <summary>Does the process hold the socket? Null when its descriptors may not be read. Several processes may (after a fork).</summary>
    internal bool? Holds(int pid, uint inode)
    {
        if (_remembered.TryGetValue((pid, inode), out var known) && InodeOf(pid, known) == inode)
        {
            return true;
        }

        _remembered.Remove((pid, inode));
        var descriptors = OpenFiles.Numbers(pid, out var refused);
        foreach (var fd in descriptors)
        {
            if (InodeOf(pid, fd) == inode)
            {
                Remember(pid, inode, fd);
                return true;
            }
        }

        return refused ? null : false;
    }

    /// <summary>All sockets the process holds; null when its descriptors may not be read.</summary>
    internal static HashSet<uint>? HeldBy(int pid)
    {
        var held = OpenFiles.Numbers(pid, out var refused).Select(fd => InodeOf(pid, fd)).ToHashSet();

        // What is no socket; and a connection that nobody has accepted yet has no other number.
        held.Remove(0);
        return refused ? null : held;
    }

    /// <summary>Any process we may read that holds the socket; null when none does.</summary>
    internal static int? AnyHolder(uint inode)
    {
        foreach (var pid in ProcessFinder.Pids())
        {
            foreach (var fd in OpenFiles.Numbers(pid, out _))
            {
                if (InodeOf(pid, fd) == inode)
                {
                    return pid;
                }
            }
        }

        return null;
    }

    /// <summary>The inode when the descriptor is a socket; else 0, which no socket has.</summary>
    private static uint InodeOf(int pid, int fd)
    {
        Span<byte> target = stackalloc byte[64];
        var length = ProcPath.Descriptor(pid, fd).ReadLink(target);
        var name = "socket:["u8;
        return length > name.Length && target[..length].StartsWith(name) && Utf8Parser.TryParse(target[name.Length..length], out uint inode, out _)
            ? inode
            : 0;
    }

    private void Remember(int pid, uint inode, int fd)
    {
        if (_remembered.Count >= RememberedMax)
        {
            _remembered.Clear();
        }

        _remembered[(pid, inode)] = fd;
    }
}
