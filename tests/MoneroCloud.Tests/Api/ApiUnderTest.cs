using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>The whole HTTP API over real HTTP on a free port, above a real store in a temporary folder.</summary>
internal sealed class ApiUnderTest : IAsyncDisposable
{
    private readonly LinesLog _log = new();
    private readonly SigningKey _signing = SigningKey.TryImportPem(PublishedKey.Pem, out var key, out var error) ? key : throw new InvalidOperationException(error);
    private readonly SqliteTable _sqlite;
    private readonly ProbeClients _clients;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly TimeProvider _time;

    private ApiUnderTest(ApiSetup setup)
    {
        _time = setup.Time;
        _sqlite = new SqliteTable(Path.Combine(TestRun.NewFolder("api"), "state.db"), new TableOptions(), TimeProvider.System);
        Table = new AwayTable(_sqlite);
        _clients = new ProbeClients(TimeProvider.System, TimeSpan.FromSeconds(5));
        Monitor = new Functions.Monitor { Table = Table, Time = setup.Time, Bus = Bus, Keys = new MonitorKeys([_signing]), Logs = _log.Factory, Policy = setup.Policy };
        var listen = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        HostMode mode = setup.Handler ? new HostMode.Handler { Listen = listen } : new HostMode.Standalone { Listen = listen };
        _http.BaseAddress = new Uri($"http://{listen}");
        App = HttpServer.Build(mode, new RequestGate(null, _log.Factory.CreateLogger<RequestGate>()), new MonitorParts
        {
            Triggers = [],
            MapHttp = app => ApiEndpoints.Map(app, Parts(setup)),
            Bus = new IdleBus(),
            Time = setup.Time,
            Logs = _log.Factory,
        });
    }

    public WebApplication App { get; }

    public Functions.Monitor Monitor { get; }

    public AwayTable Table { get; }

    public BusDouble Bus { get; } = new();

    public AgentBusDouble Agents { get; } = new();

    public FakeTimeProvider Clock => (FakeTimeProvider)_time;

    public Uri Address => _http.BaseAddress!;

    public IReadOnlyList<string> Lines => _log.Lines;

    /// <summary>All that was answered so far.</summary>
    public List<ApiReply> Replies { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ApiUnderTest> StartAsync(ApiSetup? setup = null)
    {
        var api = new ApiUnderTest(setup ?? new ApiSetup());
        await api._sqlite.PrepareAsync(Cancellation);
        await api.App.StartAsync(Cancellation);
        return api;
    }

    public Task<ApiReply> GetAsync(string target, string? key = ApiSetup.Viewer) => SendAsync("GET", target, key);

    public Task<ApiReply> PostAsync(string target, string? key = ApiSetup.Operator, string? json = null) => SendAsync("POST", target, key, json);

    public async Task<ApiReply> SendAsync(string method, string target, string? key, string? json = null, Action<HttpRequestMessage>? change = null)
    {
        // As it is written: a client library would tidy up what a hostile one would not.
        var uri = new Uri(Address.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), uri);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation(Names.KeyHeader, key);
        }

        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        change?.Invoke(request);
        using var response = await _http.SendAsync(request, Cancellation);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(Cancellation); // Of what is buffered by now.
        var reply = new ApiReply(response.StatusCode, response.Content.Headers.ContentType?.ToString(), text, headers) { Body = body };
        lock (Replies)
        {
            Replies.Add(reply);
        }

        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await App.DisposeAsync();
        _clients.Dispose();
        await _sqlite.DisposeAsync();
        _signing.Dispose();
        _log.Dispose();
    }

    private ApiParts Parts(ApiSetup setup) => new()
    {
        Monitor = Monitor,
        Keys = setup.Keys,
        Agents = Agents,
        Clients = _clients,
        Dispatcher = new Dispatcher(Monitor),
        Proxied = setup.Handler,
        EasyAuth = setup.EasyAuth,
        PublicUrl = new Uri("https://monitor.example"),
        ConfigurationFailed = () => setup.ConfigurationFailed,
        QueueDepths = setup.QueueDepths is { } depths ? () => Task.FromResult(depths) : null,
    };
}
