using System.Net;
using System.Net.Sockets;
using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A remote node that answers <c>get_version</c>, or, while it is down, refuses: one that resets would be Saturated, not down.</summary>
internal sealed class StubNode : IAsyncDisposable
{
    private const string Version = """{"id":"0","jsonrpc":"2.0","result":{"release":false,"version":65561}}""";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {Version.Length}\r\n\r\n{Version}");

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private TcpListener? _listener;
    private Task _running = Task.CompletedTask;

    public StubNode(string name)
    {
        Id = new NodeId(NodeName.Parse(NodeId.Remote), NodeName.Parse(name));
        Port = FreePort.Next();
        Listen();
    }

    public NodeId Id { get; }

    public int Port { get; }

    public bool IsDown
    {
        get
        {
            lock (_lock)
            {
                return _listener is null;
            }
        }

        set
        {
            lock (_lock)
            {
                if (!value && _listener is null)
                {
                    Listen();
                }
                else if (value)
                {
                    _listener?.Dispose();
                    _listener = null;
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        IsDown = true;
        await _running;
        _end.Dispose();
    }

    private void Listen()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _running = Task.WhenAll(_running, RunAsync(_listener));
    }

    private async Task RunAsync(TcpListener listener)
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.RemoveAll(t => t.IsCompleted);
                running.Add(ServeAsync(await listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        using var socket = accepted;
        try
        {
            var request = new byte[8 * 1024];
            for (var length = 0; !IsWhole(request.AsSpan(0, length));)
            {
                var read = await socket.ReceiveAsync(request.AsMemory(length), _end.Token);
                if (read == 0)
                {
                    return;
                }

                length += read;
            }

            await socket.SendAsync(Answer, _end.Token);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Whoever asked was killed.
        }
    }

    /// <summary>The request's body is the last of it, and an object.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> request) => request.IndexOf("\r\n\r\n"u8) > 0 && request.EndsWith("}"u8);
}
