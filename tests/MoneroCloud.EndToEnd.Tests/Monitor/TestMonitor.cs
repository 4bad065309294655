using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The monitor's end as the test plays it: the real broker, by TLS with a certificate that is named; an enrolment over real HTTP, and a hand that acks and orders.</summary>
internal sealed class TestMonitor : IAsyncDisposable
{
    private const string AgentKey = "agent-key";

    private static readonly NodeName Host = NodeName.Parse("host");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SigningKey _key = SigningKey.Create();
    private readonly X509Certificate2 _certificate;
    private readonly string _endpoint;
    private readonly EmbeddedBroker _broker;
    private readonly ScriptedHttpPeer _api;
    private readonly BusConnection _bus;
    private readonly BusReceiver _reports;
    private ImmutableDictionary<long, NodeEvent> _events = ImmutableDictionary<long, NodeEvent>.Empty;

    private TestMonitor(EmbeddedBroker broker, int port, X509Certificate2 certificate)
    {
        _broker = broker;
        _certificate = certificate;
        _endpoint = $"Endpoint=sb://127.0.0.1:{port}/;CertificateSha256={certificate.GetCertHashString(HashAlgorithmName.SHA256)}";
        _api = ScriptedHttpPeer.Start(Play.Once(Play.Answer(Taken().ToJsonString(), "201 Created")));
        _bus = new BusConnection(BusAddress.Parse($"{_endpoint};SharedAccessKeyName=monitor;SharedAccessKey=key"), new BusOptions(), TimeProvider.System);
        _reports = _bus.OpenReceiver(Names.ReportsQueue, 1);
    }

    public Uri Address => _api.Address;

    /// <summary>The newest, with the nodes that it leaves out as they were told before.</summary>
    public Report? Report { get; private set; }

    /// <summary>All facts that were told, in their order.</summary>
    public IEnumerable<NodeFact> Facts => _events.OrderBy(e => e.Key).Select(e => e.Value.Fact);

    public static async Task<TestMonitor> StartAsync()
    {
        var port = FreePort.Next();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest("CN=monitor", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var settings = new BrokerSettings
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, port),
            DataFile = Path.Combine(TestRun.NewFolder("monitor"), "bus.db"),
            Certificate = certificate,
        };
        var start = EmbeddedBroker.Start(settings, LogIn, TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
        var broker = start is BrokerStart.Started started ? started.Broker : throw new InvalidOperationException($"{start}");
        await broker.DeclareQueueAsync(Names.ReportsQueue, new QueueSettings());
        await broker.DeclareQueueAsync(Names.CommandsQueue("host"), new QueueSettings());
        return new TestMonitor(broker, port, certificate);
    }

    /// <summary>Takes reports until it is so. Every one is signed by the key that was enrolled.</summary>
    public async Task UntilAsync(Func<bool> wanted, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            while (!wanted())
            {
                await TakeAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"it is not so; told was:\n{string.Join('\n', Facts)}");
        }
    }

    public static Order Order(OrderVerb verb, NodeName node, ProcessIdentity? identity) => new()
    {
        Id = Guid.NewGuid().ToString("N") + "0",
        Audience = Host,
        IssuedAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
        Verb = verb,
        Node = node,
        Identity = identity,
        Method = verb == OrderVerb.Check ? CheckMethod.Full : null,
        By = "alice",
    };

    /// <summary>An agent takes no order of the second in which its journal was made.</summary>
    public static async Task NextSecondAsync(CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromMilliseconds(1001 - now.Millisecond), TimeProvider.System, cancellation);
    }

    /// <summary>As often as is said: the bus may deliver a message again.</summary>
    public async Task SendAsync(Order order, int times, CancellationToken cancellation)
    {
        for (var i = 0; i < times; i++)
        {
            await SendAsync(JwsType.Order, JsonSerializer.SerializeToUtf8Bytes(order, CoreJson.Default.Order), cancellation);
        }
    }

    public Task AckAsync(EventPosition stored, CancellationToken cancellation) => SendAsync(
        JwsType.Ack,
        JsonSerializer.SerializeToUtf8Bytes(new Ack { Audience = Host, IssuedAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), Epoch = stored.Epoch, N = stored.N }, CoreJson.Default.Ack),
        cancellation);

    public Outcome? OutcomeOf(Order order) => Facts.OfType<NodeFact.OrderEnded>().FirstOrDefault(e => e.Order == order.Id)?.Outcome;

    public async ValueTask DisposeAsync()
    {
        await _reports.DisposeAsync();
        await _bus.DisposeAsync();
        await _broker.DisposeAsync();
        await _api.DisposeAsync();
        _certificate.Dispose();
        _key.Dispose();
    }

    private static BrokerUser? LogIn(string user, string password) => (user, password) switch
    {
        ("monitor", "key") => BrokerUser.Monitor,
        ("agent:host", AgentKey) => BrokerUser.Agent(Host),
        _ => null,
    };

    private async Task TakeAsync(CancellationToken cancellation)
    {
        var delivery = await _reports.ReceiveAsync(cancellation);
        await delivery.CompleteAsync();
        var jwk = JsonNode.Parse(_api.Requests.Last().Body)!["key"]!.ToJsonString();
        var report = VerifyingKey.TryParse(jwk, out var key, out _) && Jws.Verify(delivery.Body.Span, JwsType.Report, [key]) is JwsResult.Valid valid
            ? JsonSerializer.Deserialize(valid.Payload.Span, CoreJson.Default.Report)!
            : throw new InvalidOperationException("a report is not signed by the key that was enrolled");
        var before = Report?.Nodes ?? [];
        Report = report with { Nodes = [.. report.Nodes, .. before.Where(b => report.Names.Contains(b.Inventory.Name) && !report.Nodes.Any(n => n.Inventory.Name == b.Inventory.Name))] };
        _events = _events.SetItems(report.Events.Select(e => KeyValuePair.Create((e.Epoch << 32) + e.N, e)));
    }

    private async Task SendAsync(JwsType type, byte[] payload, CancellationToken cancellation)
    {
        var message = new BusMessage { MessageId = $"{Guid.NewGuid()}", Body = Jws.Sign(_key, type, payload) };
        if (await _bus.SendAsync(Names.CommandsQueue("host"), message, cancellation) is not BusSend.Accepted)
        {
            throw new InvalidOperationException("the broker did not take a message");
        }
    }

    private JsonObject Taken() => new()
    {
        ["agent"] = "host",
        ["monitor_url"] = "http://127.0.0.1:7071",
        ["monitor_keys"] = new JsonArray(JsonNode.Parse(_key.PublicKey.ToJwk())),
        ["bus"] = $"{_endpoint};SharedAccessKeyName=agent:host;SharedAccessKey={AgentKey}",
        ["reports_queue"] = Names.ReportsQueue,
        ["commands_queue"] = Names.CommandsQueue("host"),
        ["period_seconds"] = 2,
    };
}
