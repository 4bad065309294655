using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Bench;

/// <summary>Free ports below 32768, so that no outgoing connection can be given one of them; none is given out twice.</summary>
/// <param name="first">Where the search begins.</param>
internal sealed class FreePorts(int first)
{
    private int next = first;

    public FreePorts()
        : this(Random.Shared.Next(14_000, 28_000))
    {
    }

    public int Next()
    {
        while (!IsFree(next, IPAddress.Loopback))
        {
            next++;
        }

        return next++;
    }

    /// <summary>The first of so many in a row, at an address of loopback.</summary>
    public int Row(int count, IPAddress address)
    {
        while (Enumerable.Range(next, count).Where(port => !IsFree(port, address)).Select(port => (int?)port).LastOrDefault() is { } taken)
        {
            next = taken + 1;
        }

        next += count;
        return next - count;
    }

    private static bool IsFree(int port, IPAddress address)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
