using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;
using Amqp;

namespace MoneroCloud.Functions;

/// <summary>
/// The port: takes connections, lets them log in side by side, and gives the library those that did. It binds without reuse of the port,
/// unlike the library's own listener, so that a second broker on it is refused by the kernel.
/// </summary>
internal sealed partial class BrokerListener : TransportProvider
{
    // Service Bus's own.
    private static readonly TimeSpan TokenDeadline = TimeSpan.FromSeconds(20);

    private readonly Channel<IAsyncTransport> _loggedIn = Channel.CreateUnbounded<IAsyncTransport>();
    private readonly Lock _lock = new();
    private readonly HashSet<BrokerTransport> _open = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Socket _socket;
    private readonly BrokerSettings _settings;
    private readonly BrokerHandshake _handshake;
    private readonly BrokerLoop _loop;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _handshakes;
    private Task _accepting = Task.CompletedTask;

    private BrokerListener(Socket socket, BrokerSettings settings, BrokerLogin login, BrokerLoop loop, TimeProvider time, ILogger logger)
    {
        AddressSchemes = ["AMQP"];
        _socket = socket;
        Endpoint = (IPEndPoint)socket.LocalEndPoint!;
        _settings = settings;
        _handshake = new BrokerHandshake(login, settings.Certificate, settings.SharedKeyOf is not null);
        _loop = loop;
        _time = time;
        _logger = logger;
    }

    public IPEndPoint Endpoint { get; }

    /// <exception cref="SocketException">The port is taken, or the address is not this machine's.</exception>
    public static BrokerListener Bind(BrokerSettings settings, BrokerLogin login, BrokerLoop loop, TimeProvider time, ILogger logger)
    {
        var socket = new Socket(settings.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(settings.Endpoint);
            socket.Listen(512);
            return new BrokerListener(socket, settings, login, loop, time, logger);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Start() => _accepting = Task.Run(AcceptAsync);

    /// <summary>For the library: the next connection that logged in. It asks again and again even when all has ended.</summary>
    public override async Task<IAsyncTransport> CreateAsync(Address address)
    {
        try
        {
            return await _loggedIn.Reader.ReadAsync();
        }
        catch (ChannelClosedException)
        {
            return await new TaskCompletionSource<IAsyncTransport>().Task;
        }
    }

    public async Task StopAsync()
    {
        await _end.CancelAsync();
        _socket.Dispose();
        await _accepting;
        _loggedIn.Writer.TryComplete();
        CloseAll();
    }

    /// <summary>Cuts every connection; their clients come again.</summary>
    public void CloseAll()
    {
        foreach (var transport in Open())
        {
            transport.Close();
        }
    }

    /// <summary>Cuts those whose token has ended, or who presented none in time.</summary>
    public void CloseExpired(DateTimeOffset now)
    {
        foreach (var transport in Open().Where(transport => transport.Peer.Until <= now))
        {
            Log.TokenEnded(_logger, transport.Peer);
            transport.Close();
        }
    }

    private BrokerTransport[] Open()
    {
        lock (_lock)
        {
            return [.. _open];
        }
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(_end.Token);
                _ = WelcomeAsync(socket);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // Out of descriptors, or a connection that died in the queue.
                Log.NotAccepted(_logger, exception.SocketErrorCode);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task WelcomeAsync(Socket socket)
    {
        var address = "?";
        var done = false;
        try
        {
            address = $"{socket.RemoteEndPoint}";
            var handshakes = Interlocked.Increment(ref _handshakes);
            if (handshakes <= _settings.MostHandshakes && Open().Length < _settings.MostConnections)
            {
                done = await LogInAsync(socket, address);
            }
            else
            {
                Log.TooMany(_logger, address);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException or InvalidDataException)
        {
            var why = exception.GetType().Name;
            Log.NoLogin(_logger, address, why);
        }
        finally
        {
            Interlocked.Decrement(ref _handshakes);
            if (!done)
            {
                socket.Dispose();
            }
        }
    }

    private async Task<bool> LogInAsync(Socket socket, string address)
    {
        socket.NoDelay = true;
        using var deadline = new CancellationTokenSource(_settings.HandshakeDeadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _end.Token);
        switch (await _handshake.RunAsync(new NetworkStream(socket, ownsSocket: true), either.Token))
        {
            case BrokerHandshakeEnd.Done done:
                return Admit(done, address);
            case BrokerHandshakeEnd.Refused refused:
                Log.Refused(_logger, address, refused.Why);
                return false;
            default:
                return false;
        }
    }

    private bool Admit(BrokerHandshakeEnd.Done done, string address)
    {
        var gate = new FrameGate(EmbeddedBroker.MostFrameBytes, _settings.MostMessageBytes);
        var peer = new BrokerPeer(address, done.User, done.User is null ? _time.GetUtcNow() + TokenDeadline : null);
        var transport = new BrokerTransport(done.Stream, peer, gate, _loop, Forget);
        peer.Transport = transport;
        lock (_lock)
        {
            if (done.User is { } user && _open.Count(other => other.Peer.User?.Name == user.Name) >= _settings.MostConnectionsPerUser)
            {
                Log.TooManyOf(_logger, peer, _settings.MostConnectionsPerUser);
                return false;
            }

            _open.Add(transport);
        }

        Log.LoggedIn(_logger, peer);
        return _loggedIn.Writer.TryWrite(transport);
    }

    private void Forget(BrokerTransport transport)
    {
        lock (_lock)
        {
            _open.Remove(transport);
        }

        Log.Gone(_logger, transport.Peer);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Peer} connected to the bus")]
        public static partial void LoggedIn(ILogger logger, BrokerPeer peer);

        [LoggerMessage(Level = LogLevel.Debug, Message = "{Peer} left the bus")]
        public static partial void Gone(ILogger logger, BrokerPeer peer);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The bus refused a connection from {Address}: it {Why}")]
        public static partial void Refused(ILogger logger, string address, string why);

        [LoggerMessage(Level = LogLevel.Debug, Message = "A connection to the bus from {Address} ended before it logged in: {Why}")]
        public static partial void NoLogin(ILogger logger, string address, string why);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The bus refused a connection from {Address}: too many are open")]
        public static partial void TooMany(ILogger logger, string address);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The bus refused {Peer}: {Most} connections of this user are open")]
        public static partial void TooManyOf(ILogger logger, BrokerPeer peer, int most);

        [LoggerMessage(Level = LogLevel.Information, Message = "The bus cut the connection of {Peer}: its token has ended, or none came")]
        public static partial void TokenEnded(ILogger logger, BrokerPeer peer);

        [LoggerMessage(Level = LogLevel.Error, Message = "The bus could not take a connection: {Error}")]
        public static partial void NotAccepted(ILogger logger, SocketError error);
    }
}
