using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Incidents from the report to the channel, over time.</summary>
public sealed class IncidentScenarioTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_incident_holds_all_from_the_first_failing_transition_to_the_recovery()
    {
        using var scenario = await Scenario.BeginAsync();
        var began = scenario.Agent.Now.AddSeconds(1);
        await scenario.AfterAsync(1, n => n.Kill());
        var open = await OpenAsync(scenario);
        Assert.Equal((began, (DateTimeOffset?)null, AlertSeverity.Critical), (open!.OpenedAt, open.ToldAt, open.Severity));

        await scenario.AfterAsync(40);
        Assert.NotNull((await OpenAsync(scenario))!.ToldAt);
        await scenario.AfterAsync(5, n => n.OpenBreaker());
        await scenario.AfterAsync(600, n => n.Spawn());
        Assert.Equal(open.Id, (await OpenAsync(scenario))!.Id);
        await scenario.RecoverAsync();
        await scenario.AfterAsync(30);

        Assert.Null(await OpenAsync(scenario));
        var closed = Assert.Single(await ClosedAsync(scenario));
        Assert.Equal((open.Id, IncidentState.Resolved), (closed.Id, closed.State));
        Assert.Equal([IncidentActionKind.Opened, IncidentActionKind.Told, IncidentActionKind.Told, IncidentActionKind.Resolved, IncidentActionKind.Told], closed.Actions.Select(a => a.Kind));
        Assert.All(scenario.Rig.Notifier.Sent, s => Assert.Equal(open.Id, s.Alert.Incident));
    }

    [Fact]
    public async Task One_that_is_over_within_the_grace_is_an_incident_too_of_which_only_the_restart_is_told()
    {
        using var scenario = await Scenario.BeginAsync();
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.RecoverAsync();
        await scenario.AfterAsync(60);

        Assert.Equal([AlertKind.Restarted], scenario.Told);
        Assert.Equal(Assert.Single(await ClosedAsync(scenario)).Id, scenario.Rig.Notifier.Sent.Single().Alert.Incident);
    }

    [Fact]
    public async Task Nothing_tells_of_it_before_a_long_grace_is_over_and_its_alert_alone_does_then()
    {
        using var scenario = await Scenario.BeginAsync();
        scenario.Rig.Policy = scenario.Rig.Policy with { Alerts = scenario.Rig.Policy.Alerts with { Grace = TimeSpan.FromMinutes(10) } };
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(595);
        Assert.Empty(scenario.Told);
        await scenario.AfterAsync(3600);
        Assert.Equal([AlertKind.Down], scenario.Told);
    }

    [Fact]
    public async Task It_is_told_soon_where_a_clock_that_was_set_back_puts_its_own_alert_far_off()
    {
        using var scenario = await Scenario.BeginAsync();
        await scenario.AfterAsync(1, n => n.Kill());
        var key = Keys.Node(scenario.Node.Id);
        var node = (await scenario.Rig.Table.FindAsync(key, CoreJson.Default.NodeRecord, Cancellation))!;
        var ahead = node.Value with { Outage = node.Value.Outage! with { Due = scenario.Rig.Time.GetUtcNow().AddDays(1) } };
        await scenario.Rig.Table.CommitAsync(
            [
                new RowChange.Replace((await scenario.Rig.Table.ReadAsync(key, Cancellation))! with { Doc = JsonSerializer.Serialize(ahead, CoreJson.Default.NodeRecord) }),
                AlertRows.TakenBack(scenario.Node.Id.ToString(), ahead.Outage.AlertId!),
            ],
            Cancellation);

        await scenario.AfterAsync(360);
        Assert.Equal([AlertKind.Reminder], scenario.Told);
    }

    [Fact]
    public async Task It_is_told_again_every_four_hours_until_somebody_sees_to_it_and_when_his_time_is_over()
    {
        using var scenario = await Scenario.BeginAsync();
        scenario.Rig.SweepEvery = TimeSpan.FromMinutes(1);
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(4 * 3600 + 120);
        Assert.Equal([AlertKind.Down, AlertKind.Reminder], scenario.Told);

        await ChangeAsync(scenario, i => IncidentFold.Acknowledged(i, new Acknowledgement("alice", scenario.Rig.Time.GetUtcNow(), scenario.Rig.Time.GetUtcNow().AddHours(10), "seen")));
        await scenario.AfterAsync(9 * 3600);
        Assert.Equal(2, scenario.Told.Length);
        await scenario.AfterAsync(3600 + 120);
        Assert.Equal([AlertKind.Down, AlertKind.Reminder, AlertKind.Reminder], scenario.Told);
        Assert.Null((await OpenAsync(scenario))!.Acknowledged);
    }

    [Theory]
    [InlineData(AlertSeverity.Low, false)]
    [InlineData(AlertSeverity.Warning, true)]
    public async Task An_incident_is_graded_as_its_alerts_so_that_a_reminder_goes_where_they_went_if_there_is_one(AlertSeverity severity, bool reminded)
    {
        using var scenario = await Scenario.BeginAsync();
        scenario.Rig.Policy = scenario.Rig.Policy with
        {
            Rules = AlertRules.Default with
            {
                Channels = ["mail", "log"],
                Severities = ImmutableDictionary<Condition, AlertSeverity>.Empty.Add(Condition.Exited, severity),
                Routes = [new(new AlertMatcher { Severities = [severity] }, ["log"], GoOn: false)],
            },
        };
        var (mail, log) = (new RecordingNotifier("mail"), new RecordingNotifier());
        scenario.Rig.Channels = [mail, log];
        scenario.Rig.SweepEvery = TimeSpan.FromMinutes(1);

        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync((4 * 3600) + 120);

        Assert.Empty(mail.Sent);
        Assert.Equal(reminded ? [AlertKind.Down, AlertKind.Reminder] : [AlertKind.Down], log.Sent.Select(s => s.Alert.Kind));
        Assert.Equal(severity, (await OpenAsync(scenario))!.Severity);
    }

    [Fact]
    public async Task What_maintenance_hides_is_kept_with_what_hid_it_and_told_when_it_ends_and_it_is_still_so()
    {
        using var scenario = await Scenario.BeginAsync();
        await SilenceAsync(scenario, 60);
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(50 * 60);
        Assert.Empty(scenario.Told);
        Assert.Equal("maintenance 0123456789ab of alice", (await OpenAsync(scenario))!.Held!.By);
        Assert.Equal("maintenance 0123456789ab of alice", Assert.Single(await EndedAsync(scenario)).Hidden);

        await scenario.AfterAsync(11 * 60);
        Assert.Equal([AlertKind.Reminder], scenario.Told);
        Assert.Null((await OpenAsync(scenario))!.Held);
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.RecoverAsync();
        await scenario.AfterAsync(60);
        Assert.Equal([AlertKind.Reminder, AlertKind.Recovered], scenario.Told);
    }

    [Fact]
    public async Task What_maintenance_hides_is_told_soon_after_it_was_ended_before_its_time()
    {
        using var scenario = await Scenario.BeginAsync();
        await SilenceAsync(scenario, 8 * 60);
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(20 * 60);
        Assert.Empty(scenario.Told);
        Assert.IsType<SilenceWritten.Done>(await new SilenceBook(scenario.Rig.NewMonitor()).EndAsync("0123456789ab", "alice", Cancellation));

        await scenario.AfterAsync(6 * 60);
        Assert.Equal([AlertKind.Reminder], scenario.Told);
        Assert.Null((await OpenAsync(scenario))!.Held);
        await scenario.AfterAsync(60 * 60);
        Assert.Equal([AlertKind.Reminder], scenario.Told);
    }

    [Fact]
    public async Task A_reminder_that_is_silenced_before_it_goes_out_is_not_taken_for_told()
    {
        using var scenario = await Scenario.BeginAsync();
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync((4 * 3600) - 60);
        Assert.Equal([AlertKind.Down], scenario.Told);
        var told = (await OpenAsync(scenario))!.ToldAt;
        scenario.Rig.Time.Advance(TimeSpan.FromMinutes(5));

        // Stored, as by a monitor that then dies; looked at again by the next, to whom it is the same one.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.True(await new OpenIncidents(scenario.Rig.NewMonitor()).SweepAsync(Shard.Of(scenario.Node.Id.ToString()), Cancellation));
        }

        Assert.Single(await scenario.Rig.RowsAsync(Keys.AllUnrouted));
        Assert.Equal(told, (await OpenAsync(scenario))!.ToldAt);
        await SilenceAsync(scenario, 30);
        await scenario.AfterAsync(20 * 60);
        Assert.Equal([AlertKind.Down], scenario.Told);
        await scenario.AfterAsync(15 * 60);
        Assert.Equal([AlertKind.Down, AlertKind.Reminder], scenario.Told);
    }

    [Fact]
    public async Task What_began_and_ended_within_maintenance_is_never_told_and_stays_visible()
    {
        using var scenario = await Scenario.BeginAsync();
        await SilenceAsync(scenario, 60);
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(600, n => n.Spawn());
        await scenario.RecoverAsync();
        await scenario.AfterAsync(2 * 3600);

        Assert.Empty(scenario.Told);
        Assert.Single(await ClosedAsync(scenario));
        Assert.Equal([AlertKind.Down, AlertKind.Recovered], (await EndedAsync(scenario)).Select(d => d.Alert.Kind).Order());
    }

    [Fact]
    public async Task What_a_channel_refuses_for_good_goes_on_over_the_fallback()
    {
        using var scenario = await Scenario.BeginAsync();
        var log = new RecordingNotifier();
        scenario.Rig.Policy = scenario.Rig.Policy with { Rules = AlertRules.Default with { Channels = ["mail"] } };
        var mail = new RecordingNotifier("mail") { Answer = _ => new Notified.Refused("no such mailbox") };
        scenario.Rig.Channels = [mail, log];
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(90);

        Assert.Empty(mail.Sent);
        Assert.Equal(AlertKind.Down, Assert.Single(log.Sent).Alert.Kind);
        Assert.Equal(["log mail ", "mail  no such mailbox"], (await EndedAsync(scenario)).Select(d => $"{d.Channel} {d.EscalatedFrom} {d.Refused}").Order(StringComparer.Ordinal));
    }

    private static async Task<Incident?> OpenAsync(Scenario scenario) =>
        (await scenario.Rig.Table.FindAsync(Keys.OpenIncident(scenario.Node.Id.ToString()), CoreJson.Default.Incident, Cancellation))?.Value;

    private static async Task<List<Incident>> ClosedAsync(Scenario scenario) =>
        [.. (await scenario.Rig.RowsAsync(Keys.ClosedIncidents)).Select(r => Documents.Read(r, CoreJson.Default.Incident).Value)];

    private static async Task<List<DeliveryRecord>> EndedAsync(Scenario scenario) =>
        [.. (await scenario.Rig.RowsAsync(Keys.AllDeliveries)).Select(r => Documents.Read(r, MonitorJson.Default.DeliveryRecord).Value)];

    private static async Task ChangeAsync(Scenario scenario, Func<Incident, Incident> change)
    {
        var stored = (await scenario.Rig.Table.FindAsync(Keys.OpenIncident(scenario.Node.Id.ToString()), CoreJson.Default.Incident, Cancellation))!;
        Assert.IsType<CommitResult.Committed>(await scenario.Rig.Table.CommitAsync([IncidentRows.Changed(stored, change(stored.Value), AlertRules.Default, scenario.Rig.Time.GetUtcNow())], Cancellation));
    }

    private static async Task SilenceAsync(Scenario scenario, int minutes)
    {
        var now = scenario.Rig.Time.GetUtcNow();
        var silence = new Silence { Id = "0123456789ab", Kind = SilenceKind.Maintenance, Match = new AlertMatcher { Agents = ["home"] }, From = now, Until = now.AddMinutes(minutes), By = "alice" };
        await scenario.Rig.Table.CommitAsync([new RowChange.Put(new Row { Key = Keys.Silence(silence.Id), Doc = JsonSerializer.Serialize(silence, CoreJson.Default.Silence) })], Cancellation);
    }
}
