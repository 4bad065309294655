using System.Text.Json.Nodes;

namespace MoneroCloud.Testing;

/// <summary>Debian's Prometheus on a free loopback port, with its data in a folder of its own. It is installed by <c>scripts/test</c>.</summary>
public sealed class RealPrometheus : IAsyncDisposable
{
    private readonly RealProgram _program;
    private readonly HttpClient _http;

    private RealPrometheus(RealProgram program, int port)
    {
        _program = program;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/") };
    }

    /// <param name="config">prometheus.yml; relative paths in it begin at <paramref name="folder"/>.</param>
    public static async Task<RealPrometheus> StartAsync(string folder, string config)
    {
        var port = FreePort.Next();
        var file = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(file, config);
        string[] arguments = [$"--config.file={file}", $"--storage.tsdb.path={Path.Combine(folder, "data")}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"];
        return new RealPrometheus(await RealProgram.StartAsync("prometheus", arguments, new Dictionary<string, string>(), folder, port), port);
    }

    /// <summary>The member <c>data</c> of an answer of its API.</summary>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(path, cancellation);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!;
        return (string?)body["status"] == "success" ? body["data"]! : throw new InvalidOperationException($"{path}: {body}");
    }

    /// <summary>The series that an expression has now.</summary>
    public async Task<JsonArray> QueryAsync(string expression, CancellationToken cancellation) =>
        (await GetAsync($"query?query={Uri.EscapeDataString(expression)}", cancellation))["result"]!.AsArray();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
    }
}
