using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Metrics;

/// <summary><c>GET /api/metrics</c> over real HTTP, above a real store.</summary>
public sealed class MetricsApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_what_is_stored_of_nodes_agents_and_ticks()
    {
        await using var api = await FleetAsync();

        var text = await ScrapeAsync(api);

        Assert.Equal("1", text.Value("monerocloud_node_up{node=\"host.main\"}"));
        Assert.Equal("0", text.Value("monerocloud_node_up{node=\"host.down\"}"));
        Assert.Empty(text.Of("monerocloud_node_up{node=\"quiet.gone\"}"));
        Assert.Equal("1", text.Value("monerocloud_node_state{node=\"host.down\",state=\"Down\",condition=\"Exited\"}"));
        Assert.Equal("1", text.Value("monerocloud_node_state{node=\"quiet.gone\",state=\"Unknown\",condition=\"AgentSilent\"}"));
        Assert.Equal("3100000", text.Value("monerocloud_node_wallet_height_blocks{node=\"host.main\"}"));
        Assert.Equal("3100004", text.Value("monerocloud_node_daemon_height_blocks{node=\"host.main\"}"));
        Assert.Equal("3100004", text.Value("monerocloud_node_daemon_height_blocks{node=\"host.daemon\"}"));
        Assert.Empty(text.Of("monerocloud_node_wallet_height_blocks{node=\"quiet.gone\"}"));
        Assert.Equal("1", text.Value("monerocloud_node_accept_queue_connections{node=\"host.main\"}"));
        Assert.Equal("2", text.Value("monerocloud_node_restarts_total{node=\"host.main\"}"));
        Assert.Equal(("5", "1"), (text.Value("monerocloud_node_checks_total{node=\"host.main\",outcome=\"Up\"}"), text.Value("monerocloud_node_checks_total{node=\"host.main\",outcome=\"Down\"}")));
        string[] buckets = ["0.001", "0.0025", "0.005", "0.01", "5.0", "+Inf"];
        Assert.Equal(["1", "3", "3", "4", "4", "5"], buckets.Select(b => text.Value($"monerocloud_node_check_duration_seconds_bucket{{node=\"host.main\",le=\"{b}\"}}")));
        Assert.Equal(("0.008", "5"), (text.Value("monerocloud_node_check_duration_seconds_sum{node=\"host.main\"}"), text.Value("monerocloud_node_check_duration_seconds_count{node=\"host.main\"}")));
        Assert.Equal("1", text.Value("monerocloud_node_breaker_open{node=\"host.down\"}"));
        Assert.Equal(("2", "1", "1"), (text.Value("monerocloud_nodes{state=\"Up\"}"), text.Value("monerocloud_nodes{state=\"Down\"}"), text.Value("monerocloud_nodes{state=\"Unknown\"}")));
        Assert.Equal(("0", "1"), (text.Value("monerocloud_agent_silent{agent=\"host\"}"), text.Value("monerocloud_agent_silent{agent=\"quiet\"}")));
        Assert.Equal(Unix(ApiSetup.Noon.AddSeconds(-20)), text.Value("monerocloud_agent_last_report_timestamp_seconds{agent=\"host\"}"));
        Assert.Equal("0.5", text.Value("monerocloud_agent_clock_skew_seconds{agent=\"host\"}"));
        Assert.Equal(Unix(ApiSetup.Noon), text.Value("monerocloud_shard_last_tick_timestamp_seconds{shard=\"0\"}"));
        Assert.Equal("0.25", text.Value("monerocloud_shard_tick_duration_seconds{shard=\"f\"}"));
        Assert.Equal("0", text.Value("monerocloud_stale"));
    }

    [Fact]
    public async Task It_tells_what_is_stored_of_incidents_alerts_and_refusals()
    {
        await using var api = await FleetAsync();

        var text = await ScrapeAsync(api);

        Assert.Equal("1", text.Value("monerocloud_incidents_open{severity=\"Critical\",acknowledged=\"false\"}"));
        Assert.Equal("0", text.Value("monerocloud_incidents_open{severity=\"Critical\",acknowledged=\"true\"}"));
        Assert.Equal("1", text.Value("monerocloud_alerts_unrouted"));
        Assert.Equal("1", text.Value("monerocloud_alerts_pending{channel=\"log\",status=\"pending\"}"));
        Assert.Equal(Unix(ApiSetup.Noon.AddMinutes(-3)), text.Value("monerocloud_alerts_oldest_pending_timestamp_seconds{channel=\"log\"}"));
        Assert.Equal(("7", "2"), (text.Value("monerocloud_alerts_ended_total{channel=\"log\",status=\"delivered\"}"), text.Value("monerocloud_alerts_ended_total{channel=\"log\",status=\"refused\"}")));
        Assert.Equal("3", text.Value("monerocloud_refused_messages_total{queue=\"reports\",reason=\"malformed\"}"));
        Assert.Equal("2", text.Value("monerocloud_instance_queue_messages{queue=\"reports\",kind=\"dead_letter\"}"));
    }

    [Fact]
    public async Task Every_metric_of_the_document_is_there_and_every_metric_that_is_there_is_in_the_document()
    {
        await using var api = await FleetAsync();

        var text = await ScrapeAsync(api);

        var documented = MetricsDocumentTests.Rows("monitor").Select(r => (r.Name, Type: r.Type == "info" ? "gauge" : r.Type)).ToList();
        Assert.Equal(documented.Order(), text.Families.Order());
        Assert.All(documented, d => Assert.Contains(text.Samples, s => s.StartsWith(d.Name + (d.Type == "histogram" ? "_bucket" : ""), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Promtool_has_nothing_to_say_against_it()
    {
        await using var api = await FleetAsync();

        var reply = await api.GetAsync("/api/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", reply.ContentType);
        await PromtoolHasNothingToSayAsync(reply.Text);
    }

    [Fact]
    public async Task The_strict_reader_of_Prometheus_own_client_reads_the_same_from_OpenMetrics()
    {
        await using var api = await FleetAsync();

        var open = await api.SendAsync("GET", "/api/metrics", ApiSetup.Viewer, change: r => r.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0"));
        var text = await ScrapeAsync(api);

        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", open.ContentType);
        var stored = text.Samples.Where(s => s.StartsWith("monerocloud_", StringComparison.Ordinal) && !s.StartsWith("monerocloud_instance_", StringComparison.Ordinal)).ToList();
        Assert.Equal(stored, open.Text.Split('\n').Where(stored.Contains));
        var run = await OpenMetricsReaderAsync(open.Text);
        Assert.True(run.Exit == 0, run.Output + run.Error);
        Assert.Equal(text.Families.Count, int.Parse(run.Output, CultureInfo.InvariantCulture));
        Assert.NotEqual(0, (await OpenMetricsReaderAsync(open.Text.Replace("# EOF", "", StringComparison.Ordinal))).Exit);
    }

    [Fact]
    public async Task Promtool_finds_what_is_wrong()
    {
        var run = await PromtoolAsync("# TYPE xTimes counter\nxTimes 1\n");

        Assert.NotEqual(0, run.Exit);
        Assert.Contains("_total", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_a_hostile_agent_reports_forges_no_line()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host") with { Version = "1\"} 1\nmonerocloud_node_up{node=\"forged\"} 1\n" });

        var text = await ScrapeAsync(api);

        Assert.DoesNotContain(text.Samples, l => l.StartsWith("monerocloud_node_up", StringComparison.Ordinal));
        Assert.Single(text.Samples, l => l.StartsWith("monerocloud_agent_info", StringComparison.Ordinal));
        await PromtoolHasNothingToSayAsync(string.Join('\n', text.Lines) + '\n');
    }

    [Fact]
    public async Task It_needs_a_key_and_takes_no_parameters()
    {
        await using var api = await ApiUnderTest.StartAsync();

        (await api.GetAsync("/api/metrics", key: null)).Problem(401);
        (await api.GetAsync("/api/metrics?since=1")).Problem(400);
        Assert.Contains("all or none", (await api.GetAsync("/api/metrics?buckets=some")).Problem(400), StringComparison.Ordinal);
        var bearer = await api.SendAsync("GET", "/api/metrics", null, change: r => r.Headers.TryAddWithoutValidation("Authorization", $"Bearer {ApiSetup.Viewer}"));
        Assert.Equal(200, bearer.Code);
    }

    [Fact]
    public async Task While_the_storage_is_away_it_says_so_and_it_comes_back()
    {
        await using var api = await ApiUnderTest.StartAsync();
        api.Table.Away = true;
        (await api.GetAsync("/api/metrics")).Problem(503);
        api.Table.Away = false;
        Assert.Equal(200, (await api.GetAsync("/api/metrics")).Code);
    }

    [Fact]
    public async Task However_many_ask_it_is_read_once_in_five_seconds()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await ScrapeAsync(api);
        var reads = api.Table.Reads;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ScrapeAsync(api)));
        Assert.Equal(reads, api.Table.Reads);
        api.Clock.Advance(TimeSpan.FromSeconds(5));
        await ScrapeAsync(api);
        Assert.True(api.Table.Reads > reads);
    }

    [Fact]
    public async Task The_distribution_of_durations_is_left_out_where_that_is_asked_for()
    {
        await using var api = await FleetAsync();

        var without = new MetricsText((await api.GetAsync("/api/metrics?buckets=none")).Text);

        Assert.Equal("5", without.Value("monerocloud_node_check_duration_seconds_bucket{node=\"host.main\",le=\"+Inf\"}"));
        Assert.Empty(without.Of("monerocloud_node_check_duration_seconds_bucket{node=\"host.main\",le=\"5.0\"}"));
        await PromtoolHasNothingToSayAsync(string.Join('\n', without.Lines) + '\n');
    }

    [Fact]
    public async Task It_is_packed_for_who_unpacks_it()
    {
        await using var api = await FleetAsync();

        var reply = await api.SendAsync("GET", "/api/metrics", ApiSetup.Viewer, change: r => r.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip"));

        Assert.Equal("gzip", reply.Headers["Content-Encoding"]);
        Assert.InRange(reply.Body.Length, 1, 8_000);
        using var unpacked = new StreamReader(new GZipStream(new MemoryStream(reply.Body.ToArray()), CompressionMode.Decompress), Encoding.UTF8);
        Assert.Equal(Names(await api.GetAsync("/api/metrics")), Names(reply with { Text = await unpacked.ReadToEndAsync(Cancellation) }));

        static IEnumerable<string> Names(ApiReply metrics) => new MetricsText(metrics.Text).Lines.Select(l => l.Split(' ')[0]);
    }

    [Fact]
    public async Task Whoever_asks_for_its_head_alone_is_told_how_long_it_would_be()
    {
        await using var api = await FleetAsync();

        var head = await api.SendAsync("HEAD", "/api/metrics", ApiSetup.Viewer);

        Assert.Equal(200, head.Code);
        Assert.Equal(0, head.Body.Length);
        Assert.True(long.Parse(head.Headers["Content-Length"], CultureInfo.InvariantCulture) > 8_000);
    }

    private static async Task<ApiUnderTest> FleetAsync()
    {
        var api = await ApiUnderTest.StartAsync(new ApiSetup { QueueDepths = [new QueueDepth("reports", 1, 2)] });
        await api.StoreAsync(
            StoredEvidence.Wallet("host.main"),
            StoredEvidence.Daemon("host.daemon"),
            StoredEvidence.Wallet("host.down", state: HealthState.Down, condition: Condition.Exited) with { Breaker = new BreakerStanding { State = BreakerState.Open, Since = ApiSetup.Noon, Why = "5 starts" } },
            StoredEvidence.Wallet("quiet.gone"));
        await api.StoreAsync(StoredFleet.Agent("host", null, "main", "daemon", "down"));
        await api.StoreSilentAsync(StoredFleet.Agent("quiet", null, "gone"), ApiSetup.Noon.AddMinutes(-5), 1);
        foreach (var shard in Shard.All)
        {
            await Summaries.WriteAsync(api.Table, shard, s => s with { TickedAt = ApiSetup.Noon, TickSeconds = 0.25, Probed = 1 }, Cancellation);
        }

        var alert = new Alert { Id = "0123456789abcdef01234567", Subject = "host.down", At = ApiSetup.Noon.AddMinutes(-3), Due = ApiSetup.Noon, Severity = AlertSeverity.Critical, Kind = AlertKind.Down, Title = "host.down is Down", Text = "it exited" };
        var incident = new Incident { Id = Incident.IdOf("host.down", ApiSetup.Noon, ""), Subject = "host.down", OpenedAt = ApiSetup.Noon, Severity = AlertSeverity.Critical, Title = "host.down is Down", Text = "it exited" };
        await api.Table.CommitAsync(
            [
                AlertRows.Stored(alert with { Id = "1123456789abcdef01234567" }), AlertRows.Ledger(alert, "log", ApiSetup.Noon.AddMinutes(-3), ApiSetup.Noon),
                new RowChange.Put(new Row { Key = Keys.OpenIncident("host.down"), Doc = JsonSerializer.Serialize(incident, CoreJson.Default.Incident) }),
            ],
            Cancellation);
        var standing = new ChannelStanding { Delivered = 7, Refused = 2 };
        await api.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.Channel("log"), Doc = JsonSerializer.Serialize(standing, MonitorJson.Default.ChannelStanding) })], Cancellation);
        for (var i = 0; i < 3; i++)
        {
            await Refusals.CountAsync(api.Monitor, Names.ReportsQueue, "malformed", Cancellation);
        }

        return api;
    }

    private static async Task<MetricsText> ScrapeAsync(ApiUnderTest api)
    {
        var reply = await api.GetAsync("/api/metrics");
        Assert.True(reply.Code == 200, reply.Text);
        return new MetricsText(reply.Text);
    }

    private static async Task PromtoolHasNothingToSayAsync(string text)
    {
        var run = await PromtoolAsync(text);
        Assert.True(run is { Exit: 0, Output: "", Error: "" }, run.Output + run.Error);
    }

    private static async Task<ToolRun> PromtoolAsync(string text)
    {
        var folder = TestRun.NewFolder("promtool");
        await File.WriteAllTextAsync(Path.Combine(folder, "metrics"), text, Cancellation);
        return await ToolRun.OfAsync("sh", ["-c", "promtool check metrics <metrics"], folder, null, Cancellation);
    }

    private static async Task<ToolRun> OpenMetricsReaderAsync(string text)
    {
        var folder = TestRun.NewFolder("openmetrics");
        await File.WriteAllTextAsync(Path.Combine(folder, "metrics"), text, Cancellation);
        const string Read = "import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as read; print(len(list(read(open('metrics', newline='').read()))))";
        return await ToolRun.OfAsync("/usr/bin/python3", ["-c", Read], folder, null, Cancellation);
    }

    private static string Unix(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
