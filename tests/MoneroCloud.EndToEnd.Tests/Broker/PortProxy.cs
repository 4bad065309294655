using System.Net;
using System.Net.Sockets;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A port of its own before another port. While it is cut nobody listens there, and what was open is reset.</summary>
internal sealed class PortProxy : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly int _onward;
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public PortProxy(int onward)
    {
        _onward = onward;
        Mend();
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>Connections that were passed on.</summary>
    public int Passed { get; private set; }

    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async Task CutAsync()
    {
        _listener?.Stop();
        await _accepting;
        lock (_lock)
        {
            foreach (var socket in _open)
            {
                socket.Close(0);
            }

            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was cut.
        }
    }

    private async Task PassAsync(Socket inward)
    {
        var onward = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        inward.NoDelay = true;
        lock (_lock)
        {
            _open.UnionWith([inward, onward]);
            Passed++;
        }

        try
        {
            await onward.ConnectAsync(IPAddress.Loopback, _onward);
            await Task.WhenAny(PassAsync(inward, onward), PassAsync(onward, inward));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was cut, or nobody is there.
        }

        lock (_lock)
        {
            inward.Close(0);
            onward.Close(0);
            _open.ExceptWith([inward, onward]);
        }
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[65_536];
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                for (var sent = 0; sent < length;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of the two is gone.
        }
    }
}
