using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MoneroCloud.Bench;

/// <summary>One process of the published handler, called as the Functions host calls it.</summary>
internal sealed class HandlerInstance : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly string log;
    private readonly HttpClient http;

    private HandlerInstance(Process process, string log, int port)
    {
        (this.process, this.log) = (process, log);
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")),
            Timeout = TimeSpan.FromMinutes(3),
        };
    }

    public int Pid => process.Id;

    public static async Task<HandlerInstance> StartAsync(
        string folder, string program, string configFile, int port, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var log = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"handler-{port}.out"));
        var variables = new Dictionary<string, string>(environment) { ["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture) };
        var instance = new HandlerInstance(Shell.Start(log, variables, program, "--config", configFile), log, port);
        for (var began = TimeProvider.System.GetTimestamp(); !await HttpAnswer.ComesAsync(port, cancellation);)
        {
            if (instance.process.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                await instance.DisposeAsync();
                throw new BenchException($"a handler does not answer: {string.Join('\n', (await File.ReadAllLinesAsync(log, cancellation)).TakeLast(5))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }

        return instance;
    }

    /// <summary>Whether the trigger says that all is done.</summary>
    public async Task<bool> InvokeAsync(string function, JsonObject payload, CancellationToken cancellation)
    {
        using var content = new StringContent(payload.ToJsonString());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var answer = await http.PostAsync(new Uri(function, UriKind.Relative), content, cancellation);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Nodes that work, as everybody may ask.</summary>
    public async Task<int> WorkingAsync(CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(new Uri("api/health", UriKind.Relative), cancellation);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))?["working"]?.GetValue<int>() ?? -1;
    }

    public IEnumerable<string> Log() => File.ReadLines(log);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
