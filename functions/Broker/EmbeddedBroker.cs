using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Amqp;
using Microsoft.Data.Sqlite;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The bus of the standalone monitor: an AMQP 1.0 broker that behaves as Service Bus does, as far as we use it. Delivery is at least once
/// and in order within a queue; what it accepted is stored, see <see cref="BrokerDurability"/>. Queues exist when the program has
/// declared them. A receiver that is cut off loses what it held at once; its delivery counts.
/// </summary>
internal sealed partial class EmbeddedBroker : IAsyncDisposable
{
    internal const int MostFrameBytes = 64 << 10;

    private const int MostSessions = 16;
    private const int MostLinks = 64;

    private readonly FileStream _lock;
    private readonly BrokerStore _store;
    private readonly BrokerLoop _loop;
    private readonly BrokerListener _listener;
    private readonly BrokerHost _host;
    private readonly ILogger _logger;

    private EmbeddedBroker(FileStream held, BrokerStore store, BrokerLoop loop, BrokerListener listener, BrokerHost host, ILogger logger)
    {
        _lock = held;
        _store = store;
        _loop = loop;
        _listener = listener;
        _host = host;
        _logger = logger;
    }

    /// <summary>Where it listens; its port is the real one where 0 was asked for.</summary>
    public IPEndPoint Endpoint => _listener.Endpoint;

    /// <summary>Takes the data file and the port, each for itself alone, and listens.</summary>
    public static BrokerStart Start(BrokerSettings settings, BrokerLogin login, TimeProvider time, ILogger<EmbeddedBroker> logger)
    {
        FileStream? held = null;
        BrokerStore? store = null;
        try
        {
            held = PrivateFile.Open(settings.DataFile + ".lock", FileShare.None);
            store = BrokerStore.Open(settings.DataFile, settings.Durability, settings.MostFileBytes);
            var loop = new BrokerLoop(store, time, logger);
            var listener = BrokerListener.Bind(settings, login, loop, time, logger);
            var broker = new EmbeddedBroker(held, store, loop, listener, Host(settings, login, loop, listener, time, logger), logger);
            broker.Run(settings);
            return new BrokerStart.Started(broker);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException or SocketException)
        {
            store?.Dispose();
            held?.Dispose();
            return new BrokerStart.Refused(Why(exception, settings, isLocked: held is null));
        }
    }

    /// <summary>Makes the queue and its dead letter queue, or changes the queue's settings. Also while the broker runs.</summary>
    /// <exception cref="IOException">The store failed.</exception>
    public Task DeclareQueueAsync(string name, QueueSettings settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > 260 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            throw new ArgumentException($"'{name}' is no name of a queue: 1 to 260 letters, digits, '-', '.' and '_'", nameof(name));
        }

        return _loop.DeclareAsync(name, settings);
    }

    /// <summary>How full the queues are. It may never complete where the broker was stopped.</summary>
    /// <exception cref="IOException">The store failed.</exception>
    public Task<ImmutableArray<QueueDepth>> DepthsAsync() => _loop.DepthsAsync();

    public async ValueTask DisposeAsync()
    {
        await _listener.StopAsync();
        _host.Close();
        await _loop.DisposeAsync();
        _store.Dispose();
        await _lock.DisposeAsync();
        Log.Stopped(_logger, Endpoint);
    }

    private static BrokerHost Host(BrokerSettings settings, BrokerLogin login, BrokerLoop loop, BrokerListener listener, TimeProvider time, ILogger logger)
    {
        // TLS, if any, is the listener's matter.
        var host = new BrokerHost(new Address($"{settings.Endpoint.Address}", listener.Endpoint.Port, null, null, "/", "AMQP"));
        host.CustomTransports.Add("AMQP", listener);
        host.RegisterLinkProcessor(new LinkGate(settings, login, loop, time, logger));
        var library = host.Listeners[0];
        library.AMQP.MaxFrameSize = MostFrameBytes;
        library.AMQP.MaxSessionsPerConnection = MostSessions;
        library.AMQP.MaxLinksPerSession = MostLinks;
        library.AMQP.IdleTimeout = BusRules.IdleTimeout;
        library.HandlerFactory = _ => host;
        return host;
    }

    private void Run(BrokerSettings settings)
    {
        _loop.CutAll = _listener.CloseAll;
        _loop.Ticked = _listener.CloseExpired;
        _loop.Start();
        _host.Open();
        _listener.Start();
        Log.Listens(_logger, Endpoint, settings.Certificate is null ? "without TLS" : "with TLS", settings.DataFile);
    }

    private static string Why(Exception exception, BrokerSettings settings, bool isLocked) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            $"{settings.Endpoint} is taken by another program: the bus cannot listen there",
        SocketException socket => $"the bus cannot listen on {settings.Endpoint}: {socket.SocketErrorCode}",
        IOException io when isLocked && File.Exists(settings.DataFile + ".lock") && io is not DirectoryNotFoundException =>
            $"{settings.DataFile} is in use by another monitor ({settings.DataFile}.lock is held)",
        SqliteException sqlite => $"{settings.DataFile} cannot be used as the bus's store: {sqlite.Message}",
        _ => $"{settings.DataFile} cannot be used as the bus's store: {exception.Message}",
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The bus listens on {Endpoint} {Tls}, its messages are in {File}")]
        public static partial void Listens(ILogger logger, IPEndPoint endpoint, string tls, string file);

        [LoggerMessage(Level = LogLevel.Information, Message = "The bus on {Endpoint} was stopped")]
        public static partial void Stopped(ILogger logger, IPEndPoint endpoint);
    }
}
