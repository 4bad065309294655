using System.Text.Json;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary><c>history</c> in its three forms, of any length, and with whatever a node's past holds.</summary>
public sealed class HistoryCommandTests
{
    [Fact]
    public async Task Since_goes_through_all_pages_and_ends_with_the_uptime()
    {
        string[] pages =
        [
            Told.Json(new HistoryView { Subject = "host.main", Entries = [Entry(0), Entry(-1)], Next = "x" }),
            Told.Json(new HistoryView { Subject = "host.main", Entries = [Entry(-2), Entry(-100)], Next = "y" }),
            Told.Ok(JsonSerializer.Serialize(UptimeView.Of(Told.At.AddHours(-24), Told.At, new StateTimes(TimeSpan.FromHours(22), default, TimeSpan.FromMinutes(1), TimeSpan.FromHours(2), default)), ApiJson.Default.UptimeView)),
        ];

        var run = await RemoteRun.OfAsync(["history", "main", "--since", "2026-01-14", "--until", "2026-01-16T00:00Z"], pages);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(
            [
                "2026-01-15T08:30:45.123Z  host.main    started, pid 8",
                "2026-01-15T09:30:45.123Z  host.main    started, pid 8",
                "2026-01-15T10:30:45.123Z  host.main    started, pid 8",
                "uptime 99.924 % from 2026-01-14T10:30:45.123Z to 2026-01-15T10:30:45.123Z: up 22 h, down 60 s, unknown 2 h",
            ],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(
            [
                "GET /api/nodes/main/history?limit=500&before=2026-01-16T00%3A00%3A00.0000000Z",
                "GET /api/nodes/main/history?limit=500&before=x",
                "GET /api/nodes/main/uptime?slices=0&since=2026-01-14T00:00:00.0000000Z&until=2026-01-16T00:00:00.0000000Z",
            ],
            run.Asked);
    }

    [Fact]
    public async Task CSV_is_of_RFC_4180_and_no_cell_of_it_is_a_formula()
    {
        var down = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, Told.At, "=cmd|' /C calc'!A0, \"quoted\"\u001b[31m\r\n+1");
        var run = await RemoteRun.OfAsync(
            ["history", "main", "--format", "csv"],
            Told.Json(new HistoryView { Subject = "host.main", Entries = [new HistoryEntry { At = Told.At, Place = "1.1", Transition = down, Fact = new NodeFact.SpawnFailed("@SUM(A1)") }] }));

        Assert.Equal(
            "time,subject,kind,text,from_state,to_state,from_condition,to_condition,place\r\n"
            + "2026-01-15T10:30:45.123Z,host.main,event,'@SUM(A1),,,,,1.1\r\n"
            + "2026-01-15T10:30:45.123Z,host.main,state,\"'=cmd|' /C calc'!A0, \"\"quoted\"\"?[31m??+1\",Up,Down,Healthy,Exited,1.1\r\n",
            run.Output);
    }

    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'?x")]
    [InlineData("\rx", "'?x")]
    [InlineData("  =1", "'  =1")]
    [InlineData(" a", "\" a\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\nb", "a?b")]
    [InlineData("\u202Ex", "?x")]
    public void A_cell(string text, string cell) => Assert.Equal($"{cell}\r\n", Csv.Line(text));

    [Fact]
    public async Task Roll_ups_come_as_a_table_as_CSV_and_as_JSON_page_by_page()
    {
        var (newer, older) = (Rollup(0), Rollup(-1) with { Checks = 0, LatencyMinMs = null, LatencyAvgMs = null, LatencyP95Ms = null, LatencyMaxMs = null, UpSeconds = 0, UnknownSeconds = 3_600, Uptime = null });
        string[] pages =
        [
            Told.Ok(JsonSerializer.Serialize(new RollupList { Node = "host.main", Span = RollupSpan.Hour, Rollups = [newer], Next = newer.From }, ApiJson.Default.RollupList)),
            Told.Ok(JsonSerializer.Serialize(new RollupList { Node = "host.main", Span = RollupSpan.Hour, Rollups = [older] }, ApiJson.Default.RollupList)),
        ];

        var csv = await RemoteRun.OfAsync(["history", "main", "--rollups", "hour", "--since", "2026-01-15T00:00:00Z", "--format", "csv"], pages);
        Assert.Equal(
            "from,span,checks,failures,latency_min_ms,latency_avg_ms,latency_p95_ms,latency_max_ms,up_seconds,degraded_seconds,down_seconds,unknown_seconds,disabled_seconds,uptime\r\n"
            + "2026-01-15T09:00:00Z,hour,0,3,,,,,0,0,36,3600,0,\r\n"
            + "2026-01-15T10:00:00Z,hour,60,3,2.9,3.1,4.75,41,3564,0,36,0,0,0.99\r\n",
            csv.Output);
        Assert.Equal(
            [
                "GET /api/nodes/main/rollups?span=hour&limit=1000&since=2026-01-15T00:00:00.0000000Z",
                "GET /api/nodes/main/rollups?span=hour&limit=1000&since=2026-01-15T00:00:00.0000000Z&before=2026-01-15T10:00:00.0000000Z",
            ],
            csv.Asked);

        var table = await RemoteRun.OfAsync(["history", "main", "--rollups", "hour", "--since", "2026-01-15T00:00:00Z"], pages);
        Assert.Matches("2026-01-15T09:00:00Z +0 +3 +- +- +- +- +- +- +36 s +60 min +- +unknown\n2026-01-15T10:00:00Z +60 +3 +2.9 +3.1 +4.8 +41.0 +59 min +- +36 s +- +- +99 %\n", table.Output);

        var json = await RemoteRun.OfAsync(["history", "main", "--rollups", "day", "--json", "-n", "1"], pages[0]);
        Assert.Equal(newer, JsonSerializer.Deserialize(json.Output, ApiJson.Default.RollupView));
        Assert.Equal(["GET /api/nodes/main/rollups?span=day&limit=1"], json.Asked);
    }

    [Theory]
    [InlineData("--since 7x", "--since is '7x': how long ago, such as 30m, 36h or 7d (3650d at most), or a time such as 2026-01-31 or 2026-01-31T12:00:00Z")]
    [InlineData("--since 0d", "--since is '0d': how long ago")]
    [InlineData("--since 3651d", "--since is '3651d': how long ago")]
    [InlineData("--until 2026-13-01", "--until is '2026-13-01': how long ago")]
    [InlineData("--since 1h --until 2h", "--since has to be before --until")]
    [InlineData("--json --format csv", "--json and --format exclude each other")]
    [InlineData("--format 1", "--format takes table, json or csv")]
    [InlineData("--rollups 1", "--rollups takes hour or day")]
    [InlineData("--format xml", "xml")]
    public async Task What_is_wrong_is_said_before_a_monitor_is_asked(string options, string problem)
    {
        var run = await RemoteRun.OfAsync(["history", "main", .. options.Split(' ')], Told.Json(new HistoryView { Subject = "host.main", Entries = [] }));

        Assert.Equal(2, run.Exit);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Asked);
    }

    private static HistoryEntry Entry(int hours) => new() { At = Told.At.AddHours(hours), Place = "1.2", Fact = new NodeFact.Spawned(8) };

    private static RollupView Rollup(int hours) => new()
    {
        From = RollupSpan.Hour.StartOf(Told.At.AddHours(hours)),
        Span = RollupSpan.Hour,
        Checks = 60,
        Failures = 3,
        LatencyMinMs = 2.9,
        LatencyAvgMs = 3.1,
        LatencyP95Ms = 4.75,
        LatencyMaxMs = 41,
        UpSeconds = 3_564,
        DegradedSeconds = 0,
        DownSeconds = 36,
        UnknownSeconds = 0,
        DisabledSeconds = 0,
        Uptime = 0.99,
    };
}
