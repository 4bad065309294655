using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Tracing;

/// <summary>A real monitor sends its spans to a collector and to Azure Monitor's own protocol: what becomes of one alert is one trace.</summary>
public sealed class TraceTests
{
    private const string Secret = "planted-secret-2209";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_probe_that_found_a_node_dead_to_the_message_all_is_one_trace()
    {
        await using var collector = await AlertReceiver.StartAsync();
        await using var insights = await AlertReceiver.StartAsync();
        await using var people = await AlertReceiver.StartAsync();
        (collector.Answer, insights.Answer) = (new PostAnswer.Status(200), new PostAnswer.Status(200) { Body = "{\"itemsReceived\":1,\"itemsAccepted\":1,\"errors\":[]}" });
        await using var monitor = await StandaloneMonitor.StartAsync(
            "traced",
            "MoneroCloud.Functions",
            config =>
            {
                config["nodes"] = new JsonObject { ["remote.gone"] = new JsonObject { ["kind"] = "walletRpc", ["probeUrl"] = $"http://127.0.0.1:{FreePort.Next()}", ["loginSecret"] = "NODE_LOGIN_GONE" } };
                config["alerts"] = new JsonObject { ["grace"] = "1s", ["channels"] = new JsonArray(new JsonObject { ["name"] = "people", ["kind"] = "webhook", ["url"] = people.Address.ToString() }) };
            },
            ("NODE_LOGIN_GONE", $"monero:{Secret}"),
            ("PROBE_SCHEDULE", "* * * * * *"),
            ("SWEEP_SCHEDULE", "* * * * * *"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()),
            ("OTEL_BSP_SCHEDULE_DELAY", "500"),
            ("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={insights.Address}"));

        await UntilAsync(() => people.Posts.Count > 0 && Spans(collector).Any(s => s.Name == "deliver"), monitor);
        var spans = Spans(collector);
        var deliver = spans.First(s => s.Name == "deliver");
        var trace = spans.Where(s => s.Trace == deliver.Trace).ToList();

        // Each has the one before it as its parent, over a row and over the bus.
        var route = Assert.Single(trace, s => s.Name == "route" && s.Id == deliver.Parent);
        var commit = Assert.Single(trace, s => s.Id == route.Parent);
        Assert.StartsWith("invoke probe", Assert.Single(trace, s => s.Id == commit.Parent || (s.Id == commit.Id && s.Name != "commit")).Name, StringComparison.Ordinal);
        Assert.True(spans.Select(s => s.Trace).Distinct().Count() < 10, "ticks in which nothing happened are not sent");

        await UntilAsync(() => Telemetry(insights).Contains(deliver.Trace, StringComparison.Ordinal), monitor);
        var all = string.Join('\n', collector.Posts.Select(p => Encoding.Latin1.GetString(p.Body))) + Telemetry(insights);
        Assert.Contains("remote.gone", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain((await File.ReadAllTextAsync(monitor.ViewerKeyFile, Cancellation)).Trim(), all, StringComparison.Ordinal);
    }

    private static List<ReceivedSpan> Spans(AlertReceiver collector) => [.. collector.Posts.Where(p => p.Target == "/v1/traces").SelectMany(p => ReceivedSpan.Of(p.Body))];

    private static string Telemetry(AlertReceiver insights) => string.Join('\n', insights.Posts.Select(p => Unpacked(p.Body)));

    private static string Unpacked(byte[] body)
    {
        if (body is not [0x1F, 0x8B, ..])
        {
            return Encoding.UTF8.GetString(body);
        }

        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }

    private static async Task UntilAsync(Func<bool> wanted, StandaloneMonitor monitor)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!wanted())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(40), string.Join('\n', monitor.Output));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }
}
