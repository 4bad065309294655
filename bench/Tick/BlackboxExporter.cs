using System.Diagnostics;
using System.Globalization;

namespace MoneroCloud.Bench;

/// <summary>
/// Debian's prometheus-blackbox-exporter, asked for each node over kept connections as Prometheus asks it, but without the compression that
/// Prometheus accepts: that would cost it more.
/// </summary>
internal sealed class BlackboxExporter(string folder, int port, StubFleet stubs) : ITicker
{
    private const string Program = "prometheus-blackbox-exporter";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private readonly HttpClient scraper = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = TickBench.AtOnce });
    private Process? process;

    public string Name => "blackbox-exporter";

    public IReadOnlyList<int> Pids => [process?.Id ?? throw new InvalidOperationException("not started")];

    public async Task<string> VersionAsync(CancellationToken cancellation) =>
        (await Shell.VersionAsync(cancellation, "dpkg-query", "-W", "-f", "${Version}", Program)).Trim();

    public async Task StartAsync(CancellationToken cancellation)
    {
        process = Shell.Start(
            Path.Combine(folder, "blackbox.out"), new Dictionary<string, string>(),
            Nursery.Find(Program), $"--config.file={RunFolder.Peer("blackbox.yml")}", $"--web.listen-address=127.0.0.1:{Text(port)}");
        var began = TimeProvider.System.GetTimestamp();
        while (!await HttpAnswer.ComesAsync(port, cancellation))
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > StartPatience)
            {
                throw new BenchException($"{Program} does not answer");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
    }

    public Task WaitForTurnAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<TickEnd> TickAsync(CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        var answered = 0;
        await Parallel.ForEachAsync(
            stubs.Ports,
            new ParallelOptions { MaxDegreeOfParallelism = TickBench.AtOnce, CancellationToken = cancellation },
            async (node, token) =>
            {
                var target = Uri.EscapeDataString($"http://127.0.0.1:{Text(node)}/json_rpc");
                var metrics = await scraper.GetStringAsync(new Uri($"http://127.0.0.1:{Text(port)}/probe?module=get_version&target={target}"), token);
                if (metrics.Contains("\nprobe_success 1\n", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref answered);
                }
            });
        return new TickEnd(answered, TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
    }

    public async ValueTask DisposeAsync()
    {
        scraper.Dispose();
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
