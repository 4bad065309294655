using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.Testing;

/// <summary>
/// A port where connections are neither taken nor refused, as at a host that is switched off or behind a filter: a listener whose queue is full.
/// </summary>
public sealed class UnansweredPort : IDisposable
{
    private static readonly TimeSpan Taken = TimeSpan.FromMilliseconds(500);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<TcpClient> _queue = [];

    private UnansweredPort() => _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));

    public int Port { get; } = FreePort.Next();

    /// <exception cref="InvalidOperationException">The system takes all connections.</exception>
    public static async Task<UnansweredPort> OpenAsync()
    {
        var port = new UnansweredPort();
        port._listener.Listen(0);
        for (var tries = 0; tries < 10; tries++)
        {
            var client = new TcpClient();
            port._queue.Add(client);
            using var limit = new CancellationTokenSource(Taken, TimeProvider.System);
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port.Port, limit.Token);
            }
            catch (OperationCanceledException)
            {
                return port;
            }
        }

        port.Dispose();
        throw new InvalidOperationException("the queue of a listener never got full");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _queue.ForEach(c => c.Dispose());
    }
}
