using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary>Debian's Prometheus, which scrapes one agent as often as its documents advise.</summary>
internal sealed class IdlePrometheus(string folder, int port, int agent) : IAsyncDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{Text(port)}/") };
    private Process? _process;

    public static async Task<string> VersionAsync(CancellationToken cancellation) =>
        (await Shell.VersionAsync(cancellation, "dpkg-query", "-W", "-f", "${Version}", "prometheus")).Trim();

    /// <summary>Returns after the first scrape.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(
            config,
            $"global:\n  scrape_interval: {Text((int)Period.TotalSeconds)}s\nscrape_configs:\n  - job_name: monerocloud-agent\n    static_configs:\n      - targets: [\"127.0.0.1:{Text(agent)}\"]\n",
            cancellation);
        _process = Shell.Start(
            Path.Combine(folder, "prometheus.out"), new Dictionary<string, string>(),
            Nursery.Find("prometheus"), $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder, "data")}", $"--web.listen-address=127.0.0.1:{Text(port)}", "--log.level=warn");
        var began = TimeProvider.System.GetTimestamp();
        while (await ValueAsync("sum_over_time(up[1h])", cancellation) is not > 0)
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(began) > StartPatience)
            {
                throw new BenchException("Prometheus has not scraped the agent");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }
    }

    /// <summary>Scrapes that were answered, and what the newest brought.</summary>
    public async Task<(int Scrapes, int Samples)> ToldAsync(CancellationToken cancellation) =>
        ((int)(await ValueAsync("sum_over_time(up[1d])", cancellation) ?? 0), (int)(await ValueAsync("scrape_samples_scraped", cancellation) ?? 0));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<double?> ValueAsync(string query, CancellationToken cancellation)
    {
        try
        {
            using var answer = JsonDocument.Parse(await _http.GetStringAsync(new Uri($"api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative), cancellation));
            var found = answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(r => r.GetProperty("value")[1].GetString()!).ToList();
            return found is [var value] ? double.Parse(value, CultureInfo.InvariantCulture) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
