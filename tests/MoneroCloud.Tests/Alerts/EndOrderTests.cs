using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Fleet;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Over one channel it is never told that something is over before it is told that it failed, and an end does not wait for ever.</summary>
public sealed class EndOrderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="refused">What the mail server says in the end of what it had greylisted.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task That_a_node_works_again_waits_for_the_deferred_word_that_it_is_down(bool refused)
    {
        using var scenario = await Scenario.BeginAsync();
        var (mail, log) = (new RecordingNotifier("mail"), new RecordingNotifier());
        scenario.Rig.Policy = scenario.Rig.Policy with { Rules = AlertRules.Default with { Channels = ["mail"] } };
        scenario.Rig.Channels = [mail, log];
        var began = scenario.Rig.Time.GetUtcNow();
        mail.Answer = alert => alert.Kind != AlertKind.Down ? new Notified.Delivered("kept")
            : scenario.Rig.Time.GetUtcNow() - began < TimeSpan.FromMinutes(5) ? new Notified.Deferred("greylisted", null)
            : refused ? new Notified.Refused("not wanted")
            : new Notified.Delivered("kept");

        await scenario.AfterAsync(1, n => { n.Kill(); n.OpenBreaker(); });
        await scenario.AfterAsync(310, n => n.Spawn());
        await scenario.RecoverAsync();
        await scenario.AfterAsync(60);
        Assert.Empty(mail.Sent);
        await scenario.AfterAsync(150);

        Assert.Equal(refused ? [AlertKind.Recovered] : [AlertKind.Down, AlertKind.Recovered], mail.Sent.Select(s => s.Alert.Kind));
        Assert.Equal(refused ? [AlertKind.Down] : [], log.Sent.Select(s => s.Alert.Kind));
    }

    [Fact]
    public async Task Of_rows_that_are_due_together_the_failure_goes_first_though_a_message_takes_but_one()
    {
        using var rig = Rig(most: 1);
        await StoreAsync(rig, Row(AlertKind.Recovered), Row(AlertKind.Down));
        await DeliverAsync(rig);

        Assert.Equal([AlertKind.Down, AlertKind.Recovered], rig.Notifier.Sent.Select(s => s.Alert.Kind));
    }

    [Fact]
    public async Task A_failure_that_is_due_in_another_message_goes_before_its_end()
    {
        using var rig = Rig(most: 500);
        await StoreAsync(
            rig,
            Row(AlertKind.Recovered),
            Row(AlertKind.Down, i => i with { Message = "0123:log", MessageAt = Given.Now, Attempt = 1 }),
            AlertRows.Ledger(SomeAlerts.Of("home.other") with { At = Given.Now.AddMinutes(-9) }, "log", Given.Now, Given.Now));
        await DeliverAsync(rig);

        Assert.Equal(["home.other", "home.main", "home.main"], rig.Notifier.Sent.Select(s => s.Alert.Subject));
        Assert.Equal([AlertKind.Down, AlertKind.Down, AlertKind.Recovered], rig.Notifier.Sent.Select(s => s.Alert.Kind));
    }

    [Fact]
    public async Task An_end_waits_a_moment_while_somebody_else_sends_the_failure()
    {
        using var rig = Rig(most: 500);
        var down = Row(AlertKind.Down, i => i with { Message = "0123:log", MessageAt = Given.Now, Attempt = 1, ClaimedBy = "other", ClaimedUntil = Given.Now.AddMinutes(3) }, due: Given.Now.AddMinutes(3));
        await StoreAsync(rig, Row(AlertKind.Recovered), down);
        await DeliverAsync(rig);
        Assert.Empty(rig.Notifier.Sent);

        await rig.Table.CommitAsync([new RowChange.Delete(down.Key)], Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(15));
        await DeliverAsync(rig);

        Assert.Equal(AlertKind.Recovered, Assert.Single(rig.Notifier.Sent).Alert.Kind);
    }

    private static MonitorRig Rig(int most) => new(policy: new MonitorPolicy { Rules = AlertRules.Default with { GroupWait = TimeSpan.Zero, GroupMost = most } });

    /// <summary>Of one incident; the end comes first by its key.</summary>
    private static RowChange.Put Row(AlertKind kind, Func<OutboxItem, OutboxItem>? with = null, DateTimeOffset? due = null)
    {
        var isDown = kind == AlertKind.Down;
        var alert = SomeAlerts.Of("home.main", kind) with { Id = $"{(isDown ? 'f' : '0')}{0:x23}", At = Given.Now.AddMinutes(isDown ? -5 : -1), Incident = $"{1:x25}" };
        var item = new OutboxItem { Alert = alert, Channel = "log", RoutedAt = Given.Now };
        return new RowChange.Put(AlertRows.Row(Keys.Ledger(alert.Subject, "log", alert.Id), with is null ? item : with(item), due ?? Given.Now));
    }

    private static async Task StoreAsync(MonitorRig rig, params RowChange[] rows)
    {
        foreach (var row in rows)
        {
            Assert.IsType<CommitResult.Committed>(await rig.Table.CommitAsync([row], Cancellation));
        }
    }

    private static async Task DeliverAsync(MonitorRig rig) => Assert.IsType<TriggerResult.Done>(
        await rig.Time.RunAsync(rig.Deliver().InvokeAsync(new TriggerCall.Bus("""{"channel":"log"}"""u8.ToArray(), "m", 1, null), Cancellation)));
}
