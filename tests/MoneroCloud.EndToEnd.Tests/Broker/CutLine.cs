using System.Net;
using System.Net.Sockets;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Passes one connection on to a port, until it is cut: then both ends are reset, as when a process is killed.</summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Socket _onward = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task _running;
    private Socket? _inward;

    public CutLine(int port)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = RunAsync(port);
    }

    public int Port { get; }

    public void Cut()
    {
        _listener.Stop();
        _inward?.Close(0);
        _onward.Close(0);
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _running;
    }

    private async Task RunAsync(int port)
    {
        try
        {
            _inward = await _listener.AcceptSocketAsync();
            _listener.Stop();
            await _onward.ConnectAsync(IPAddress.Loopback, port);
            await Task.WhenAll(PassAsync(_inward, _onward), PassAsync(_onward, _inward));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It was cut.
        }
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[65_536];
        while (await from.ReceiveAsync(buffer) is > 0 and var length)
        {
            await to.SendAsync(buffer.AsMemory(0, length));
        }
    }
}
