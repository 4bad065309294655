using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Bench;

/// <summary>Asks a child for its version on a connection of its own.</summary>
internal static class RpcProbe
{
    private const string Body = """{"jsonrpc":"2.0","id":"0","method":"get_version"}""";

    private static readonly byte[] Request = System.Text.Encoding.ASCII.GetBytes(
        $"POST /json_rpc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");

    /// <summary>Whether the port is open and a version comes back within <paramref name="patience"/>.</summary>
    public static bool Answers(int port, TimeSpan patience)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
            socket.Connect(IPAddress.Loopback, port);
            socket.Send(Request);
            return ReadsVersion(socket);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits until all of them answer.</summary>
    /// <exception cref="BenchException">One does not, in time.</exception>
    public static async Task WaitForAsync(IEnumerable<int> ports, TimeSpan patience, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        foreach (var port in ports)
        {
            while (!Answers(port, TimeSpan.FromSeconds(1)))
            {
                if (clock.GetElapsedTime(began) > patience)
                {
                    throw new BenchException($"nothing answered on port {port} within {patience.TotalSeconds:0} s");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellation);
            }
        }
    }

    private static bool ReadsVersion(Socket socket)
    {
        Span<byte> buffer = stackalloc byte[4096];
        var length = 0;
        while (length < buffer.Length && socket.Receive(buffer[length..]) is > 0 and var got)
        {
            length += got;
            if (buffer[..length].IndexOf("\"version\""u8) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
