using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MoneroCloud.Agent;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The app as it is deployed, under the Functions host's contract: environment, first answer, payloads, exits.</summary>
public sealed class PublishedAppTests
{
    private static readonly PublishedApp App = PublishedApp.Get();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_laid_out_as_the_Functions_host_wants_it()
    {
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(PublishedApp.Repository(), "host.json")), File.ReadAllBytes(Path.Combine(App.Folder, "host.json")));
        var functions = Directory.EnumerateFiles(App.Folder, "function.json", SearchOption.AllDirectories);
        Assert.Equal(
            ["api", "dashboard", "deliver", "probe", "probe-shard", "reports", "sweep"],
            functions.Select(file => Path.GetRelativePath(App.Folder, Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal));
        Assert.True(File.GetUnixFileMode(App.Program).HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));

        // Self-contained, and not one single file.
        using var runtime = JsonDocument.Parse(File.ReadAllBytes(App.Program + ".runtimeconfig.json"));
        var options = runtime.RootElement.GetProperty("runtimeOptions");
        Assert.True(options.TryGetProperty("includedFrameworks", out _));
        Assert.False(options.GetProperty("configProperties").GetProperty("System.GC.Server").GetBoolean());
        Assert.True(File.Exists(App.Program + ".dll"));
        Assert.True(File.Exists(Path.Combine(App.Folder, "libcoreclr.so")));
    }

    [Fact]
    public void It_holds_nothing_that_is_not_the_apps() => Assert.DoesNotContain(
        Directory.EnumerateFiles(App.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName),
        file => file is "web.config" || file!.EndsWith("lock.json", StringComparison.Ordinal) || file.StartsWith("appsettings", StringComparison.Ordinal) ||
            file.EndsWith("endpoints.json", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal));

    [Fact]
    public void As_a_zip_it_has_its_modes_its_layout_and_no_file_of_a_kind_it_does_not_need()
    {
        var file = Path.Combine(TestRun.NewFolder("zip"), "app.zip");
        // Not compressed, which takes long and is not what is looked at.
        ZipFile.CreateFromDirectory(App.Folder, file, CompressionLevel.NoCompression, includeBaseDirectory: false);
        using var zip = ZipFile.OpenRead(file);
        var modes = zip.Entries.ToDictionary(e => e.FullName, e => (UnixFileMode)((e.ExternalAttributes >> 16) & 0x1ff));

        // At the top, where the host looks for them.
        Assert.Contains("host.json", modes.Keys);
        Assert.Contains("reports/function.json", modes.Keys);
        Assert.True(modes["MoneroCloud.Functions"].HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
        Assert.False(modes["host.json"].HasFlag(UnixFileMode.OtherExecute));
        Assert.All(modes, m => Assert.True(m.Value.HasFlag(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead), m.Key));
        Assert.All(modes, m => Assert.False(m.Value.HasFlag(UnixFileMode.OtherWrite), m.Key));

        Assert.Empty(Unneeded(modes.Keys));
        Assert.Equal(["x/packages.lock.json", "core.xml", "a.dev.json"], Unneeded(["x/packages.lock.json", "core.xml", "a.dev.json", "a.dll"]));
        Assert.InRange(modes.Count, 100, 500);
    }

    private static IEnumerable<string> Unneeded(IEnumerable<string> files) => files.Where(file =>
        Path.GetExtension(file) is not (".dll" or ".so" or ".pdb") && Path.GetFileName(file) is not ("MoneroCloud.Functions" or "createdump" or "host.json" or "function.json" or "monitor.json")
        && file is not ("MoneroCloud.Functions.deps.json" or "MoneroCloud.Functions.runtimeconfig.json"));

    [Fact]
    public async Task It_answers_within_a_second_with_storage_and_bus_unreachable_on_loopback_alone()
    {
        var fastest = TimeSpan.MaxValue;
        for (var start = 0; start < 10 && fastest >= TimeSpan.FromSeconds(1); start++)
        {
            var port = FreePort.Next();
            using var monitor = new MonitorProcess(App.Program, MonitorProcess.HandlerEnvironment(port));
            var took = await monitor.AnswersAsync(port);
            fastest = took < fastest ? took : fastest;
            Assert.Equal([(HostAddress.LoopbackIPv4, port)], monitor.Listeners());
            Assert.Empty(monitor.Errors);
        }

        // The fastest of up to ten: the machine of the tests is busy with others.
        Assert.True(fastest < TimeSpan.FromSeconds(1), $"{fastest.TotalMilliseconds} ms");
    }

    [Fact]
    public async Task Each_recorded_payload_is_answered_with_a_JSON_object_over_a_real_table()
    {
        await using var azurite = await RealAzurite.StartAsync();
        var port = FreePort.Next();
        using var monitor = new MonitorProcess(App.Program, new Dictionary<string, string>(MonitorProcess.HandlerEnvironment(port)) { ["AzureWebJobsStorage"] = azurite.ConnectionString });
        await monitor.AnswersAsync(port);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var calls = new[] { ("probe", "timer"), ("probe", "timer-past-due"), ("sweep", "timer-under-a-minute"), ("reports", "bus-binary"), ("reports", "bus-text"), ("deliver", "bus-text-overwritten") };
        foreach (var (name, payload) in calls)
        {
            Assert.Equal((HttpStatusCode.OK, "application/json"), await CallAsync(client, port, name, payload));
        }
    }

    [Fact]
    public async Task Without_its_storage_a_timer_fails_with_a_problem_and_never_with_an_empty_body()
    {
        var port = FreePort.Next();
        using var monitor = new MonitorProcess(App.Program, MonitorProcess.HandlerEnvironment(port));
        await monitor.AnswersAsync(port);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal((HttpStatusCode.InternalServerError, "application/problem+json"), await CallAsync(client, port, "sweep", "timer-under-a-minute"));
    }

    private static async Task<(HttpStatusCode Status, string? Type)> CallAsync(HttpClient client, int port, string name, string payload)
    {
        using var content = new ByteArrayContent(RecordedPayload.Of(payload));
        content.Headers.ContentType = new("application/json", "utf-8");
        using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/{name}"), content, Now);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Now));
        Assert.Equal(JsonValueKind.Object, body.RootElement.ValueKind);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(15, 143)]
    [InlineData(2, 130)]
    [InlineData(9, 137)]
    public async Task As_a_handler_no_signal_ends_it_with_0(int signal, int code)
    {
        var port = FreePort.Next();
        using var monitor = new MonitorProcess(App.Program, MonitorProcess.HandlerEnvironment(port));
        await monitor.AnswersAsync(port);
        monitor.Signal(signal);
        Assert.Equal(code, await monitor.EndsAsync());
    }

    [Fact]
    public async Task A_bad_port_of_the_host_ends_it_with_2_and_a_clear_line()
    {
        using var monitor = new MonitorProcess(App.Program, new Dictionary<string, string> { ["FUNCTIONS_CUSTOMHANDLER_PORT"] = "70000" });
        Assert.Equal(2, await monitor.EndsAsync());
        Assert.Contains("FUNCTIONS_CUSTOMHANDLER_PORT is \"70000\": it has to be a port between 1 and 65535", Assert.Single(monitor.Output), StringComparison.Ordinal);
        Assert.Empty(monitor.Errors);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_it_with_1_and_a_clear_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, FreePort.Next());
        other.Start();
        var address = $"{other.LocalEndpoint}";
        using var monitor = new MonitorProcess(App.Program, new Dictionary<string, string>(), "--listen", address, "--config", Config(FreePort.Next()));
        Assert.Equal(1, await monitor.EndsAsync());
        Assert.Contains(monitor.Output, line => line.Contains($"{address} could not be listened on", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(2)]
    public async Task Standalone_it_has_no_trigger_endpoint_and_a_signal_ends_it_with_0(int signal)
    {
        var port = FreePort.Next();
        var bus = FreePort.Next();
        var environment = new Dictionary<string, string> { ["LISTEN"] = $"127.0.0.1:{port}", ["ASPNETCORE_URLS"] = "http://0.0.0.0:1" };
        using var monitor = new MonitorProcess(App.Program, environment, "--config", Config(bus));
        await monitor.AnswersAsync(port);
        Assert.Equal([.. new[] { bus, port }.Order().Select(p => (HostAddress.LoopbackIPv4, p))], monitor.Listeners().OrderBy(l => l.Port));

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/reports"), content, Now);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);

        monitor.Signal(signal);
        Assert.Equal(0, await monitor.EndsAsync());
        Assert.Empty(monitor.Errors);
    }

    /// <summary>A configuration of its own, so that nothing is written into the app.</summary>
    private static string Config(int bus)
    {
        var file = Path.Combine(TestRun.NewFolder("published"), "monitor.json");
        File.WriteAllText(file, $$"""{ "bus": { "listen": "127.0.0.1:{{bus}}" }, "data": "data" }""");
        return file;
    }
}
