using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace MoneroCloud.Bench;

/// <summary><c>handler</c>: from the start of the published Functions handler to its first answer.</summary>
internal sealed class HandlerBench(HandlerOptions options, RunFolder folder)
{
    private const string Method = """
        The published app (self-contained, ReadyToRun), started with the environment that the Functions host gives it and with a storage account and a bus
        at a port where nobody listens. From just before the process is started to the first byte of its answer to GET /, which is what the host takes for
        ready; asked every 2 ms. One after the other, each killed after its answer, on a warm page cache: the first start does not count.
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly FreePorts ports = new();

    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        var settings = Settings();
        await StartAsync(0, settings, cancellation);
        var samples = new List<HandlerSample>();
        var load = new MachineLoad();
        for (var start = 1; start <= options.Starts; start++)
        {
            samples.Add(await StartAsync(start, settings, cancellation));
        }

        var busyPercent = load.BusyPercent();
        var time = new Distribution(samples.Select(s => s.Milliseconds));
        var cpu = new Distribution(samples.Select(s => s.CpuMilliseconds));
        var memory = new Distribution(samples.Select(s => s.RssKibibytes / 1024.0));
        var table = new MarkdownTable("handler, start to first answer, ms", "n", "p50", "p95", "max", "CPU ms p50", "RSS MiB p50")
            .Row(
                "storage and bus unreachable", Text($"{time.Count}"), Distribution.Text(time.P50), Distribution.Text(time.P95), Distribution.Text(time.Max),
                Distribution.Text(cpu.P50), Distribution.Text(memory.P50));
        return new BenchResult
        {
            Name = "handler",
            Method = Method,
            MachineBusyPercent = busyPercent,
            Versions = new Dictionary<string, string> { ["handler"] = "this commit" },
            Settings = new Dictionary<string, string> { ["starts"] = Text($"{options.Starts}") },
            RawText = string.Join(' ', samples.Select(s => Text($"{s.Milliseconds:0.0}"))),
            Samples = JsonSerializer.SerializeToNode(samples, BenchJson.Default.IReadOnlyListHandlerSample)!,
            Table = table.ToString(),
        };
    }

    private async Task<HandlerSample> StartAsync(int start, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var port = ports.Next();
        var environment = new Dictionary<string, string>(settings) { ["FUNCTIONS_CUSTOMHANDLER_PORT"] = Text($"{port}") };
        var log = Path.Combine(folder.Path, "handler.out");
        var began = TimeProvider.System.GetTimestamp();
        using var process = Shell.Start(log, environment, options.Monitor);
        try
        {
            while (!await HttpAnswer.ComesAsync(port, cancellation))
            {
                if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience)
                {
                    throw new BenchException($"the handler did not answer: {await File.ReadAllTextAsync(log, cancellation)}");
                }

                await Task.Delay(Look, TimeProvider.System, cancellation);
            }

            var milliseconds = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            return new HandlerSample(start, Math.Round(milliseconds, 3), Libc.CpuNanoseconds(process.Id) / 1e6, ProcFile.Rollup(process.Id, "Rss:"));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static Dictionary<string, string> Settings()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new Dictionary<string, string>
        {
            ["MONITOR_SIGNING_KEY"] = key.ExportPkcs8PrivateKeyPem(),
            ["OPERATOR_KEY"] = new string('o', 43),
            ["VIEWER_KEY"] = new string('v', 43),
            ["AzureWebJobsStorage"] = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:1/a;",
            ["ServiceBus"] = "Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=a;SharedAccessKey=YQ==;UseDevelopmentEmulator=true;",
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
