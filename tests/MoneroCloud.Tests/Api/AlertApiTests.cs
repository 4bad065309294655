using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary>What was alerted, what waits, and what was refused.</summary>
public sealed class AlertApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pending_and_ended_alerts_of_all_subjects_or_of_one()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await PendAsync(api, Alert("host.main", 3));
        await PendAsync(api, Alert("host", 1));
        await EndAsync(api, Alert("host.main", 0), refused: null);
        await EndAsync(api, Alert("host.main", 1), refused: "no such channel");
        await EndAsync(api, Alert("other.main", 2), refused: null);

        var all = (await api.GetAsync("/api/alerts")).Read(ApiJson.Default.AlertList);
        var one = (await api.GetAsync("/api/alerts?subject=host.main&limit=1")).Read(ApiJson.Default.AlertList);

        Assert.Equal(["host", "host.main"], all.Pending.Select(a => a.Alert.Subject));
        Assert.Equal([("other.main", AlertStatus.Delivered), ("host.main", AlertStatus.Refused), ("host.main", AlertStatus.Delivered)], all.Ended.Select(a => (a.Alert.Subject, a.Status)));
        Assert.Equal(("host.main", AlertStatus.Pending, ApiSetup.Noon.AddSeconds(3)), (one.Pending.Single().Alert.Subject, one.Pending[0].Status, one.Pending[0].DueAt));
        Assert.Equal("no such channel", one.Ended.Single().Trouble);
    }

    [Fact]
    public async Task What_is_left_out_is_said_to_be()
    {
        await using var api = await ApiUnderTest.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await EndAsync(api, Alert("host.main", i), refused: null);
        }

        Assert.True((await api.GetAsync("/api/alerts?limit=2")).Read(ApiJson.Default.AlertList).Truncated);
        Assert.True((await api.GetAsync("/api/alerts?limit=2&subject=host.main")).Read(ApiJson.Default.AlertList).Truncated);
        Assert.Null((await api.GetAsync("/api/alerts?limit=3&subject=host.main")).Read(ApiJson.Default.AlertList).Truncated);
        Assert.Null((await api.GetAsync("/api/alerts?limit=3")).Read(ApiJson.Default.AlertList).Truncated);

        // More subjects in one shard than are gone through, of which the newest is the last.
        var subjects = Enumerable.Range(0, 100_000).Select(i => $"host.n{i:d6}").Where(s => Shard.Of(s) == Shard.Of("host.main")).Take(AlertBook.MostSubjects).ToList();
        foreach (var subject in subjects)
        {
            await EndAsync(api, Alert(subject, 1), refused: null);
        }

        Assert.True((await api.GetAsync("/api/alerts?limit=500")).Read(ApiJson.Default.AlertList).Truncated);
        var viewer = await Dashboard.DashboardSession.OpenAsync(api, ApiSetup.Viewer);
        Assert.Contains("These are not all", (await viewer.GetAsync("/dashboard/deliveries")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("These are not all", (await viewer.GetAsync("/dashboard/deliveries?subject=host.main")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_on_their_way_are_no_alerts()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host.main"));
        await api.PostAsync("/api/nodes/host.main/restart");

        Assert.Equal("""{"pending":[],"ended":[]}""", (await api.GetAsync("/api/alerts")).Text);
    }

    [Theory]
    [InlineData("limit=501", "limit is 501: a number from 1 to 500")]
    [InlineData("alert=x", "alert is x: an alert's id, 24 hexadecimal digits")]
    [InlineData("subject=a|b", "subject is a|b: the id of a node, agent.name, or the name of an agent")]
    public async Task Parameters_are_bounded(string query, string detail)
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal(detail, (await api.GetAsync($"/api/alerts?{query.Replace("|", "%7C", StringComparison.Ordinal)}")).Problem(400));
    }

    [Theory]
    [InlineData("""{"channel":"lgo"}""", "channel is lgo: one of log; did you mean log?")]
    [InlineData("""{"channel":"mail\u001b"}""", "channel is mail?: one of log")]
    [InlineData("{}", "channel is missing: one of log")]
    [InlineData("""{"channel":"log","by":""}""", "by is : 1 to 64 visible characters")]
    public async Task A_test_of_a_channel_that_there_is_not_is_refused(string json, string detail)
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal(detail, (await api.PostAsync("/api/alerts/test", json: json)).Problem(400));
        Assert.Equal(0, api.Bus.Count);
    }

    [Fact]
    public async Task One_alert_is_followed_by_its_id_over_all_its_channels()
    {
        await using var api = await ApiUnderTest.StartAsync();
        var alert = Alert("host.main", 3);
        await PendAsync(api, alert);
        await PendAsync(api, Alert("host.main", 4));
        await EndAsync(api, alert, refused: null);
        await EndAsync(api, Alert("host.main", 0), refused: null);

        foreach (var subject in new[] { "", "&subject=host.main" })
        {
            var list = (await api.GetAsync($"/api/alerts?alert={alert.Id}{subject}")).Read(ApiJson.Default.AlertList);
            Assert.Equal([alert.Id, alert.Id], list.Pending.Concat(list.Ended).Select(a => a.Alert.Id));
        }

        Assert.Equal("""{"pending":[],"ended":[]}""", (await api.GetAsync($"/api/alerts?alert={alert.Id}&subject=host.other")).Text);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_hides_no_other()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Node("host.main"));
        await PendAsync(api, Alert("host.main", 3));
        await EndAsync(api, Alert("host.main", 0), refused: null);
        await EndAsync(api, Alert("other.main", 2), refused: null);
        await Refusals.CountAsync(api.Monitor, Names.ReportsQueue, "malformed", Cancellation);
        foreach (var subject in new[] { "host.main", "other.main" })
        {
            // The first of each kind.
            foreach (var key in new[] { Keys.Outbox + "0", Keys.AllDeliveries, Keys.AllDeliveries + "0", $"{Keys.AllDeliveries}{subject}|0", $"{Keys.HistoryOf(subject)}0", Keys.Refusals + "0" })
            {
                await api.Monitor.Table.CommitAsync([new RowChange.Put(new Row { Key = new RowKey(Shard.Of(subject), key), Doc = "not JSON" })], Cancellation);
            }
        }

        var all = (await api.GetAsync("/api/alerts")).Read(ApiJson.Default.AlertList);
        Assert.Equal((1, 2), (all.Pending.Length, all.Ended.Length));
        Assert.Single((await api.GetAsync("/api/refusals")).Read(ApiJson.Default.RefusalList).Refusals);
        Assert.Empty((await api.GetAsync("/api/nodes/host.main/history?limit=1")).Read(ApiJson.Default.HistoryView).Entries);
    }

    [Fact]
    public async Task Refusals_are_counted_by_queue_and_reason_the_most_recent_first()
    {
        await using var api = await ApiUnderTest.StartAsync();
        await Refusals.CountAsync(api.Monitor, Names.ReportsQueue, "malformed", Cancellation);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await Refusals.CountAsync(api.Monitor, Names.AlertsQueue, "malformed", Cancellation);
        await Refusals.CountAsync(api.Monitor, Names.AlertsQueue, "malformed", Cancellation);

        var list = (await api.GetAsync("/api/refusals")).Read(ApiJson.Default.RefusalList);

        Assert.Equal([("alerts", 2L), ("reports", 1L)], list.Refusals.Select(r => (r.Queue, r.Count)));
    }

    public static Alert Alert(string subject, int second) => new()
    {
        Id = Core.Alert.IdOf(subject, $"{second}", AlertKind.Down),
        Subject = subject,
        Kind = AlertKind.Down,
        Severity = AlertSeverity.Critical,
        At = ApiSetup.Noon.AddSeconds(second),
        Due = ApiSetup.Noon.AddSeconds(second),
        Title = $"{subject} is Down",
        Text = "it exited with code 1",
        Condition = Condition.Exited,
        State = HealthState.Down,
    };

    internal static async Task PendAsync(ApiUnderTest api, Alert alert) => await api.Table.CommitAsync([AlertRows.Ledger(alert, "log", alert.At, alert.Due)], Cancellation);

    internal static async Task EndAsync(ApiUnderTest api, Alert alert, string? refused)
    {
        var record = new DeliveryRecord { Alert = alert, Channel = "log", At = alert.At.AddSeconds(1), Refused = refused, Receipt = refused is null ? "written to the log" : null, Attempts = 1 };
        await api.Table.CommitAsync(
            [new RowChange.Put(new Row { Key = Keys.Delivered(alert, "log"), Doc = JsonSerializer.Serialize(record, MonitorJson.Default.DeliveryRecord) })], Cancellation);
    }
}
