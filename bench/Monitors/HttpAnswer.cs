using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MoneroCloud.Bench;

/// <summary>Whether anything answers <c>GET /</c>, as the Functions host asks whether its handler is ready: any status will do.</summary>
internal static class HttpAnswer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<bool> ComesAsync(int port, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), limit.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"), limit.Token);
            var buffer = new byte[9];
            return await socket.ReceiveAsync(buffer, limit.Token) == buffer.Length && buffer.AsSpan().SequenceEqual("HTTP/1.1 "u8);
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
