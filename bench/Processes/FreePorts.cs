using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Bench;

/// <summary>Free ports below 32768, so that no outgoing connection can be given one of them; none is given out twice.</summary>
internal sealed class FreePorts
{
    private int next = Random.Shared.Next(14_000, 28_000);

    public int Next()
    {
        while (!IsFree(next))
        {
            next++;
        }

        return next++;
    }

    /// <summary>The first of so many in a row.</summary>
    public int Row(int count)
    {
        while (Enumerable.Range(next, count).Where(port => !IsFree(port)).Select(port => (int?)port).LastOrDefault() is { } taken)
        {
            next = taken + 1;
        }

        next += count;
        return next - count;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
