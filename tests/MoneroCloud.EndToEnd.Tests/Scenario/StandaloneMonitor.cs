using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The standalone monitor as a process of its own, as scripts/up starts it, below one folder.</summary>
internal sealed class StandaloneMonitor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<string> _earlier = [];
    private readonly string _program;
    private readonly string _configFile;
    private readonly HttpClient _http;
    private MonitorProcess _process;

    private StandaloneMonitor(string folder, int port, string configFile, string program, Dictionary<string, string> environment)
    {
        (Folder, Port, _configFile, _program, Environment) = (folder, port, configFile, program, environment);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url };
        _process = Begin();
    }

    public string Folder { get; }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    public string OperatorKeyFile => Path.Combine(Folder, "data", "keys", "operator.key");

    public string ViewerKeyFile => Path.Combine(Folder, "data", "keys", "viewer.key");

    /// <summary>For the next start; beside the test's own.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Of all its lives.</summary>
    public IReadOnlyList<string> Output => [.. _earlier, .. _process.Output];

    /// <param name="nodes">The member <c>nodes</c> of monitor.json.</param>
    /// <param name="environment">Beside the test's own.</param>
    public static Task<StandaloneMonitor> StartAsync(string name, JsonObject? nodes = null, params (string Name, string Value)[] environment) =>
        StartAsync(name, "MoneroCloud.Functions", config => config["nodes"] = nodes ?? [], environment);

    /// <param name="program">Its name among the test's own files.</param>
    /// <param name="tune">Changes monitor.json before it is written.</param>
    public static async Task<StandaloneMonitor> StartAsync(string name, string program, Action<JsonObject> tune, params (string Name, string Value)[] environment)
    {
        var folder = TestRun.NewFolder(name);
        var (port, bus) = (FreePort.Next(), FreePort.Next());
        var config = new JsonObject
        {
            ["listen"] = $"127.0.0.1:{port}",
            ["bus"] = new JsonObject { ["listen"] = $"127.0.0.1:{bus}" },
            ["data"] = "data",
        };
        tune(config);
        var file = Path.Combine(folder, "monitor.json");
        await File.WriteAllTextAsync(file, config.ToJsonString());
        var monitor = new StandaloneMonitor(folder, port, file, program, environment.ToDictionary(e => e.Name, e => e.Value));
        await monitor._process.AnswersAsync(port);
        return monitor;
    }

    /// <summary>Does not wait for what follows.</summary>
    public void Signal(int signal) => _process.Signal(signal);

    public async Task<int> EndAsync(int signal)
    {
        _process.Signal(signal);
        return await _process.EndsAsync();
    }

    /// <summary>The exit code of a monitor that ends by itself.</summary>
    public Task<int> EndsAsync() => _process.EndsAsync();

    public async Task StartAgainAsync()
    {
        BeginAgain();
        await _process.AnswersAsync(Port);
    }

    /// <summary>Starts it again and does not wait.</summary>
    public void BeginAgain()
    {
        _earlier.AddRange(_process.Output);
        _process.Dispose();
        _process = Begin();
    }

    /// <summary>The status and the body.</summary>
    public async Task<(int Status, JsonNode Body)> GetAsync(string path, bool withKey = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, withKey ? ViewerKeyFile : null);
    }

    /// <summary>By an operator.</summary>
    public async Task<(int Status, JsonNode Body)> PostAsync(string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await SendAsync(request, OperatorKeyFile);
    }

    /// <summary>A page or an answer as it is, with the viewer's key; it is there.</summary>
    public async Task<string> TextAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("x-functions-key", (await File.ReadAllTextAsync(ViewerKeyFile)).Trim());
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Asks until it is as wanted; at most 20 s unless it is said.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<int, JsonNode, bool> wanted, bool withKey = true, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (status, body) = await GetAsync(path, withKey);
            if (wanted(status, body))
            {
                return body;
            }

            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? Patience))
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

    private async Task<(int Status, JsonNode Body)> SendAsync(HttpRequestMessage request, string? keyFile)
    {
        if (keyFile is not null)
        {
            request.Headers.Add("x-functions-key", (await File.ReadAllTextAsync(keyFile)).Trim());
        }

        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    private MonitorProcess Begin() => new(DotnetHost.File, Environment, Path.Combine(AppContext.BaseDirectory, $"{_program}.dll"), "--config", _configFile);
}
