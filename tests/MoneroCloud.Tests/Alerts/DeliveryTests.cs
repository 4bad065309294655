using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>From the ledger to the channels.</summary>
public sealed class DeliveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_monitors_that_deliver_at_once_send_each_alert_once()
    {
        const int Alerts = 300;
        using var rig = new MonitorRig(policy: new MonitorPolicy { Rules = AlertRules.Default with { GroupWait = TimeSpan.Zero, GroupMost = 20 } });
        await StoreAsync(rig, Alerts, "log");
        var monitors = Enumerable.Range(0, 4).Select(_ => rig.Deliver()).ToList();

        await Task.WhenAll(monitors.Select(m => Task.Run(async () => Assert.IsType<TriggerResult.Done>(await m.InvokeAsync(Call("log"), Cancellation)))));

        Assert.Equal(Alerts, rig.Notifier.Sent.Count);
        Assert.Equal(Alerts, rig.Notifier.Sent.Select(s => s.Alert.Id).Distinct().Count());
        Assert.Empty(await rig.RowsAsync(Keys.Outbox));
        Assert.Equal(Alerts, (await rig.RowsAsync(Keys.AllDeliveries)).Count);
    }

    [Fact]
    public async Task Catches_a_store_in_which_two_may_claim_the_same()
    {
        using var rig = new MonitorRig(new Storage.TableWithoutVersions(new MemoryTable(), 1), new MonitorPolicy { Rules = AlertRules.Default with { GroupWait = TimeSpan.Zero } });
        await StoreAsync(rig, 50, "log");
        var entered = new TaskCompletionSource();
        var slow = new HookedNotifier(async () => { entered.SetResult(); await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation); });
        var first = new DeliverTrigger(rig.NewMonitor() with { Table = new LateClaims(rig.Table) }, [slow]).InvokeAsync(Call("log"), Cancellation);
        await Task.WhenAll(first, rig.Deliver().InvokeAsync(Call("log"), Cancellation));

        Assert.Equal(100, slow.Sent + rig.Notifier.Sent.Count);
    }

    [Fact]
    public async Task A_deliverer_waits_for_the_whole_of_its_window_though_delays_are_cut_to_milliseconds()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node");
        agent.Node.Healthy();
        agent.Node.Healthy();
        await rig.TakeAsync(agent);
        agent.Node.Kill();
        agent.Node.OpenBreaker();
        await rig.TakeAsync(agent);
        rig.Time.Advance(TimeSpan.FromMilliseconds(0.4));

        var call = rig.Deliver().InvokeAsync(Call("log"), Cancellation);
        for (var i = 0; i < 1_000 && rig.Notifier.Sent.IsEmpty; i++)
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.IsType<TriggerResult.Done>(await call);
        Assert.Equal(AlertKind.Down, Assert.Single(rig.Notifier.Sent).Alert.Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24 * 365)]
    public async Task A_window_of_a_clock_that_was_set_back_holds_up_no_alert(int hoursAhead)
    {
        using var scenario = await Scenario.BeginAsync();
        var ahead = new ChannelStanding { FlushAt = scenario.Rig.Time.GetUtcNow().AddHours(hoursAhead), InARow = 7, Wake = 3 };
        await scenario.Rig.Table.CommitAsync([Documents.Write(Keys.Channel("log"), new Stored<ChannelStanding>(ahead, null), MonitorJson.Default.ChannelStanding)], Cancellation);

        await scenario.AfterAsync(1, n => { n.Kill(); n.OpenBreaker(); });
        await scenario.AfterAsync(30);
        Assert.Equal([AlertKind.Down], scenario.Told);
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.RecoverAsync();
        await scenario.AfterAsync(30);
        Assert.Equal([AlertKind.Down, AlertKind.Recovered], scenario.Told);
    }

    [Fact]
    public async Task A_channel_that_is_down_delays_no_other_and_what_waited_is_tried_as_the_same_message()
    {
        using var scenario = await Scenario.BeginAsync();
        var (down, well) = (new RecordingNotifier("mail"), new RecordingNotifier("chat"));
        scenario.Rig.Policy = scenario.Rig.Policy with { Rules = AlertRules.Default with { Channels = ["mail", "chat"] } };
        scenario.Rig.Channels = [down, well];
        var keys = new List<string>();
        down.Answer = _ => keys.Count < 3 ? new Notified.Deferred("the server is down", null) : new Notified.Delivered("kept");
        down.Asked = notice => keys.Add(notice.Key);

        await scenario.AfterAsync(1, n => { n.Kill(); n.OpenBreaker(); });
        await scenario.AfterAsync(2);
        Assert.Single(well.Sent);
        await scenario.AfterAsync(300);

        Assert.Single(down.Sent);
        Assert.Equal(3, keys.Count);
        Assert.Single(keys.Distinct());
    }

    [Fact]
    public async Task What_no_channel_takes_for_a_day_goes_over_the_fallback()
    {
        using var scenario = await Scenario.BeginAsync();
        var (down, log) = (new RecordingNotifier("mail") { Answer = _ => new Notified.Deferred("the server is down", null) }, new RecordingNotifier());
        scenario.Rig.Policy = scenario.Rig.Policy with { Rules = AlertRules.Default with { Channels = ["mail"], Remind = null } };
        scenario.Rig.Channels = [down, log];
        scenario.Rig.SweepEvery = TimeSpan.FromMinutes(1);

        await scenario.AfterAsync(1, n => { n.Kill(); n.OpenBreaker(); });
        await scenario.AfterAsync(23 * 3600);
        Assert.Empty(log.Sent);
        await scenario.AfterAsync(90 * 60);

        Assert.Equal(AlertKind.Down, Assert.Single(log.Sent).Alert.Kind);
    }

    [Fact]
    public async Task A_quiet_channel_gets_a_test_once_a_week_and_a_used_one_none()
    {
        using var rig = new MonitorRig(policy: new MonitorPolicy { Rules = AlertRules.Default with { Channels = ["team"] } });
        var team = new RecordingNotifier("team");
        (rig.Channels, rig.QuietChannels) = ([team], ["team"]);
        await LiveAsync(days: 6);
        Assert.Empty(team.Sent);
        await LiveAsync(days: 2);
        Assert.Equal(AlertKind.Test, Assert.Single(team.Sent).Alert.Kind);
        await StoreAsync(rig, 1, "team");
        await LiveAsync(days: 6);
        Assert.Equal(2, team.Sent.Count);
        await LiveAsync(days: 3);
        Assert.Equal(3, team.Sent.Count);

        async Task LiveAsync(int days)
        {
            for (var hours = 0; hours < days * 24; hours += 4)
            {
                rig.Time.Advance(TimeSpan.FromHours(4));
                await rig.SweepAsync();
                await rig.DeliverAsync();
            }
        }
    }

    [Fact]
    public async Task Incidents_that_are_over_are_removed_when_they_are_old_with_what_led_to_them()
    {
        using var scenario = await Scenario.BeginAsync();
        scenario.Rig.Policy = scenario.Rig.Policy with { HistoryKept = TimeSpan.FromDays(2) };
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(60, n => n.Spawn());
        await scenario.RecoverAsync();
        Assert.Single(await scenario.Rig.RowsAsync(Keys.ClosedIncidents));

        await SweepHourlyAsync(hours: 47);
        Assert.Single(await scenario.Rig.RowsAsync(Keys.ClosedIncidents));
        await SweepHourlyAsync(hours: 20);
        Assert.Empty(await scenario.Rig.RowsAsync(Keys.ClosedIncidents));
        Assert.DoesNotContain(await scenario.Rig.RowsAsync("k|"), r => Documents.Read(r, MonitorJson.Default.IncidentPlace).Value.Subject == "home.main-node");

        async Task SweepHourlyAsync(int hours)
        {
            // 61 minutes apart, so that each shard has its turn.
            for (var i = 0; i < hours; i++)
            {
                scenario.Rig.Time.Advance(TimeSpan.FromMinutes(61));
                await scenario.Rig.SweepAsync();
            }
        }
    }

    private static TriggerCall.Bus Call(string channel) => new(System.Text.Encoding.UTF8.GetBytes($$"""{"channel":"{{channel}}"}"""), "m", 1, null);

    private static async Task StoreAsync(MonitorRig rig, int alerts, string channel)
    {
        var now = rig.Time.GetUtcNow();
        for (var i = 0; i < alerts; i++)
        {
            var alert = new Alert
            {
                Id = $"{i:x24}",
                Subject = $"home.n{i % 40}",
                Kind = AlertKind.Down,
                Severity = AlertSeverity.Critical,
                At = now,
                Due = now,
                Title = "down",
                Text = "down",
            };
            await rig.Table.CommitAsync([AlertRows.Ledger(alert, channel, now, now)], Cancellation);
        }
    }

    private sealed class HookedNotifier(Func<Task> hook) : INotifier
    {
        public string Channel => "log";

        public int Sent { get; private set; }

        public async Task<Notified> SendAsync(Notice notice, CancellationToken cancellation)
        {
            Sent += notice.Items.Length;
            await hook();
            return new Notified.Delivered("kept");
        }
    }

    /// <summary>Its owner has read what is due long before he claims it.</summary>
    private sealed class LateClaims(ITable table) : PassingTable(table)
    {
        public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
        {
            if (changes.Any(c => c.Written?.Doc.Contains("\"claimed_by\":\"", StringComparison.Ordinal) == true))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }

            return await base.CommitAsync(changes, cancellationToken);
        }
    }
}
