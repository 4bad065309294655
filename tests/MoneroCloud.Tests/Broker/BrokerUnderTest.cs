using System.Net;
using System.Security.Cryptography.X509Certificates;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>The real broker on a free port with its data in a folder of the run; it can be stopped and started on both.</summary>
internal sealed class BrokerUnderTest : IAsyncDisposable
{
    public const string MonitorKey = "monitor-key";
    public const string AgentKey = "agent-key";

    private readonly Dictionary<string, QueueSettings> _queues = [];
    private readonly List<BusConnection> _connections = [];
    private readonly TimeProvider _time;
    private EmbeddedBroker? _broker;

    private BrokerUnderTest(BrokerSettings settings, TimeProvider time)
    {
        Settings = settings;
        _time = time;
    }

    public BrokerSettings Settings { get; }

    public CollectedLog Log { get; } = new();

    /// <summary>The notices of every client, in the order in which they came.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Told { get; } = [];

    public int Port => Settings.Endpoint.Port;

    public static async Task<BrokerUnderTest> StartAsync(TimeProvider? time = null, Func<BrokerSettings, BrokerSettings>? tune = null)
    {
        var settings = new BrokerSettings
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, FreePort.Next()),
            DataFile = Path.Combine(TestRun.NewFolder("broker"), "bus.db"),
            SharedKeyOf = null,
        };
        var broker = new BrokerUnderTest(tune?.Invoke(settings) ?? settings, time ?? TimeProvider.System);
        await broker.StartAgainAsync();
        return broker;
    }

    public BrokerStart TryStart() => EmbeddedBroker.Start(Settings, LogIn, _time, Log.Of<EmbeddedBroker>());

    public async Task StartAgainAsync()
    {
        _broker = TryStart() is BrokerStart.Started started ? started.Broker : throw new InvalidOperationException($"{TryStart()}");
        foreach (var (name, settings) in _queues)
        {
            await _broker.DeclareQueueAsync(name, settings);
        }
    }

    public async Task StopAsync()
    {
        if (_broker is { } broker)
        {
            _broker = null;
            await broker.DisposeAsync();
        }
    }

    public async Task DeclareAsync(string name, QueueSettings? settings = null)
    {
        _queues[name] = settings ?? new QueueSettings();
        await _broker!.DeclareQueueAsync(name, _queues[name]);
    }

    /// <summary>Of the monitor, unless another login is given. Disposed with the broker.</summary>
    public BusConnection Connect(string user = "monitor", string key = MonitorKey, BusOptions? options = null, X509Certificate2? pin = null, TimeProvider? time = null)
    {
        var transport = pin is null ? "UseDevelopmentEmulator=true" : $"CertificateSha256={pin.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)}";
        var address = BusAddress.Parse($"Endpoint=sb://127.0.0.1:{Port}/;SharedAccessKeyName={user};SharedAccessKey={key};{transport}");
        var connection = new BusConnection(address, options ?? Quick, time ?? TimeProvider.System);
        return Follow(connection);
    }

    /// <summary>Disposed with the broker, as are those of <see cref="Connect"/>.</summary>
    public BusConnection Follow(BusConnection connection)
    {
        connection.Told += notice => Told.Enqueue($"{(notice.IsTrouble ? "trouble" : "well")}: {notice.Text}");
        _connections.Add(connection);
        return connection;
    }

    public static BusOptions Quick { get; } = new()
    {
        FirstBackOff = TimeSpan.FromMilliseconds(20),
        LongestBackOff = TimeSpan.FromMilliseconds(200),
        ConnectDeadline = TimeSpan.FromSeconds(10),
    };

    /// <summary>For a clock that runs while a busy machine has not come to do what goes over the wire.</summary>
    public static BusOptions Patient { get; } = Quick with { ConnectDeadline = TimeSpan.FromMinutes(2), SendDeadline = TimeSpan.FromMinutes(5) };

    public static BusMessage Message(string id, string body = "hello") => new() { MessageId = id, Body = System.Text.Encoding.UTF8.GetBytes(body) };

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        await StopAsync();
    }

    private static BrokerUser? LogIn(string user, string password) => (user, password) switch
    {
        ("monitor", MonitorKey) => BrokerUser.Monitor,
        ("agent:host1", AgentKey) => BrokerUser.Agent(NodeName.Parse("host1")),
        _ => null,
    };
}
