using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The monitor as a handler under the Functions host, which the test plays; with a store and a bus.</summary>
internal sealed class HandlerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MonitorProcess _process;
    private readonly HttpClient _http;

    private HandlerProcess(int port, MonitorProcess process)
    {
        _process = process;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromMinutes(3) };
    }

    public IReadOnlyList<string> Output => _process.Output;

    public bool HasExited => _process.HasExited;

    /// <param name="program">Its name among the test's own files.</param>
    /// <param name="storage">A connection string.</param>
    /// <param name="bus">A connection string.</param>
    /// <param name="environment">Beside the Functions host's own.</param>
    public static Task<HandlerProcess> StartAsync(string program, string storage, string bus, params (string Name, string Value)[] environment) =>
        StartAsync(program, config: null, storage, bus, environment);

    /// <param name="config">A monitor.json; null: none.</param>
    public static async Task<HandlerProcess> StartAsync(string program, string? config, string storage, string bus, params IEnumerable<(string Name, string Value)> environment)
    {
        var port = FreePort.Next();
        var variables = MonitorProcess.HandlerEnvironment(port);
        (variables["AzureWebJobsStorage"], variables["ServiceBus"]) = (storage, bus);
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        string[] arguments = [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. config is null ? Array.Empty<string>() : ["--config", config]];
        var process = new MonitorProcess(DotnetHost.File, variables, arguments);
        try
        {
            await process.AnswersAsync(port);
        }
        catch (InvalidOperationException)
        {
            process.Dispose();
            throw;
        }

        return new HandlerProcess(port, process);
    }

    /// <summary>Whether the trigger says that all is done.</summary>
    public async Task<bool> InvokeAsync(string function, byte[] payload, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(payload);
        content.Headers.ContentType = new("application/json", "utf-8");
        using var answer = await _http.PostAsync(new Uri(function, UriKind.Relative), content, cancellation);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>As everybody may ask, without a key.</summary>
    public async Task<(int Status, JsonNode Body)> HealthAsync()
    {
        using var answer = await _http.GetAsync(new Uri("api/health", UriKind.Relative));
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    /// <summary>Asks the API as an operator, and again while the table is not there yet.</summary>
    public async Task<(int Status, JsonNode Body)> PostAsync(string path, JsonNode? body = null)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Add("x-functions-key", MonitorProcess.HandlerEnvironment(0)["OPERATOR_KEY"]);
            using var answer = await _http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
            }
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
    }
}
