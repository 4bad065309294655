using System.Net.WebSockets;
using Amqp;

namespace MoneroCloud.Core;

/// <summary>The bytes of one connection within a WebSocket. The library's own is not part of it on this platform.</summary>
internal sealed class BusWebSocket : IAsyncTransport, IDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket _socket = new();
    private readonly TimeProvider _time;
    private int _closed;

    private BusWebSocket(BusTransport.WebSocket transport, TimeProvider time)
    {
        _time = time;
        _socket.Options.AddSubProtocol(BusRules.WebSocketProtocol);
        if (transport.CertificateSha256 is { } pin)
        {
            _socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => BusPin.IsPinned(certificate, pin);
        }
    }

    /// <exception cref="WebSocketException">Nobody answers there, the certificate is another, or the answer is no WebSocket.</exception>
    public static async Task<BusWebSocket> ConnectAsync(BusAddress address, BusTransport.WebSocket transport, TimeProvider time, CancellationToken cancellation)
    {
        var opened = new BusWebSocket(transport, time);
        try
        {
            var uri = new UriBuilder(Uri.UriSchemeWss, address.Host, address.Port, BusRules.WebSocketPath).Uri;
            await opened._socket.ConnectAsync(uri, cancellation);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void SetConnection(Connection connection)
    {
    }

    public async Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(offset, count), CancellationToken.None);
            if (read.MessageType is WebSocketMessageType.Close || read.Count > 0)
            {
                // None is the end; an empty message is not.
                return read.Count;
            }
        }
    }

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        for (var i = 0; i < bufferList.Count; i++)
        {
            var part = bufferList[i];
            await _socket.SendAsync(part.Buffer.AsMemory(part.Offset, part.Length), WebSocketMessageType.Binary, i == bufferList.Count - 1, CancellationToken.None);
        }
    }

    public void Send(ByteBuffer buffer) => throw new NotSupportedException();

    public int Receive(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Says goodbye first, within a second.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _ = CloseAsync();
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task CloseAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Goodbye, _time);
        }
        catch (Exception exception) when (BusFault.IsOne(exception))
        {
            // It is closed either way.
        }

        _socket.Dispose();
    }
}
