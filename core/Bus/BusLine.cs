using System.Net.Sockets;
using Amqp;
using Amqp.Handler;

namespace MoneroCloud.Core;

/// <summary>
/// What the bytes of one connection go over, so that it can be closed under the library, whose own token ends neither TLS nor the login.
/// With a WebSocket it is also where the library gets it from.
/// </summary>
internal sealed class BusLine : TransportProvider, IHandler
{
    private readonly Lock _lock = new();
    private readonly BusAddress _address;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private IDisposable? _line;
    private bool _disposed;

    public BusLine(BusAddress address, TimeProvider time, CancellationToken cancellation)
    {
        (_address, _time, _cancellation) = (address, time, cancellation);
        AddressSchemes = address.Transport is BusTransport.WebSocket ? [BusAddress.WebSocketScheme] : [];
    }

    public override async Task<IAsyncTransport> CreateAsync(Address address)
    {
        var socket = await BusWebSocket.ConnectAsync(_address, (BusTransport.WebSocket)_address.Transport, _time, _cancellation);
        Take(socket);
        return socket;
    }

    public bool CanHandle(EventId id) => id == EventId.SocketConnect;

    public void Handle(Event protocolEvent) => Take((Socket)protocolEvent.Context);

    /// <summary>Closes it, and with it whatever the library still does on it.</summary>
    public override void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _line?.Dispose();
        }

        base.Dispose();
    }

    private void Take(IDisposable line)
    {
        lock (_lock)
        {
            _line = line;
            if (_disposed)
            {
                line.Dispose();
            }
        }
    }
}
