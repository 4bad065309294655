using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The standalone monitor as a process of its own, as scripts/up starts it, below one folder.</summary>
internal sealed class StandaloneMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Dictionary<string, string> _environment;
    private readonly string _configFile;
    private readonly HttpClient _http;
    private MonitorProcess _process;

    private StandaloneMonitor(string folder, int port, string configFile, Dictionary<string, string> environment)
    {
        (Folder, Port, _configFile, _environment) = (folder, port, configFile, environment);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url };
        _process = Begin();
    }

    public string Folder { get; }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    public string OperatorKeyFile => Path.Combine(Folder, "data", "keys", "operator.key");

    public string ViewerKeyFile => Path.Combine(Folder, "data", "keys", "viewer.key");

    public IReadOnlyList<string> Output => _process.Output;

    /// <param name="nodes">The member <c>nodes</c> of monitor.json.</param>
    /// <param name="environment">Beside the test's own.</param>
    public static async Task<StandaloneMonitor> StartAsync(string name, JsonObject? nodes = null, params (string Name, string Value)[] environment)
    {
        var folder = TestRun.NewFolder(name);
        var (port, bus) = (FreePort.Next(), FreePort.Next());
        var config = new JsonObject
        {
            ["listen"] = $"127.0.0.1:{port}",
            ["bus"] = new JsonObject { ["listen"] = $"127.0.0.1:{bus}" },
            ["data"] = "data",
            ["nodes"] = nodes ?? [],
        };
        var file = Path.Combine(folder, "monitor.json");
        await File.WriteAllTextAsync(file, config.ToJsonString());
        var monitor = new StandaloneMonitor(folder, port, file, environment.ToDictionary(e => e.Name, e => e.Value));
        await monitor._process.AnswersAsync(port);
        return monitor;
    }

    public async Task<int> EndAsync(int signal)
    {
        _process.Signal(signal);
        return await _process.EndsAsync();
    }

    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Begin();
        await _process.AnswersAsync(Port);
    }

    /// <summary>The status and the body.</summary>
    public async Task<(int Status, JsonNode Body)> GetAsync(string path, bool withKey = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (withKey)
        {
            request.Headers.Add("x-functions-key", (await File.ReadAllTextAsync(ViewerKeyFile)).Trim());
        }

        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    /// <summary>Asks until it is as wanted; at most 20 s.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<int, JsonNode, bool> wanted, bool withKey = true)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (status, body) = await GetAsync(path, withKey);
            if (wanted(status, body))
            {
                return body;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"{path} is {status} {body}\n{string.Join('\n', Output)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public Task<JsonNode> UntilUpAsync(string node) =>
        UntilAsync($"api/nodes/{node}", (status, body) => status == 200 && (string?)body["state"] == "Up" && (bool)body["worked"]!);

    /// <summary>Enrols the agent by the command line, before or while it runs.</summary>
    public async Task EnrolAsync(AgentUnderTest agent, CancellationToken cancellation)
    {
        var (exit, said, error) = await agent.RunAsync(cancellation, "enroll", "--monitor", Url.ToString(), "--key-file", OperatorKeyFile);
        Xunit.Assert.True(exit == 0, said + error);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        _http.Dispose();
        await Task.CompletedTask;
    }

    private MonitorProcess Begin() => new(DotnetHost.File, _environment, Path.Combine(AppContext.BaseDirectory, "MoneroCloud.Functions.dll"), "--config", _configFile);
}
