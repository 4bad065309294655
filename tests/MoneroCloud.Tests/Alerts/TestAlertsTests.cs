using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

/// <summary>A test goes the whole way of an alert: stored, dispatched, claimed, sent, recorded.</summary>
public sealed class TestAlertsTests : IDisposable
{
    private readonly MonitorRig _rig = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task It_is_delivered_over_its_channel_alone_and_its_receipt_is_found_by_its_id()
    {
        var alert = await PlaceAsync();
        Assert.Equal([AlertStatus.Pending], await StandingAsync(alert.Id));

        await _rig.DeliverAsync();

        Assert.Equal([(alert.Id, AlertKind.Test, AlertSeverity.Low)], _rig.Notifier.Sent.Select(s => (s.Alert.Id, s.Alert.Kind, s.Alert.Severity)));
        var ended = (await Book.ReadAsync(NodeId.Monitor, alert.Id, 10, Cancellation)).Ended.Single();
        Assert.Equal(("kept", 1, "log"), (ended.Receipt, ended.Attempts, ended.Channel));
        Assert.Equal([AlertStatus.Delivered], (await Book.ReadAsync(null, alert.Id, 10, Cancellation)).Ended.Select(a => a.Status));
    }

    [Fact]
    public async Task What_is_in_its_way_is_shown_and_it_goes_on()
    {
        _rig.Notifier.Answer = _ => new Notified.Deferred("the server answered 451", null);
        var alert = await PlaceAsync();
        await _rig.DeliverAsync();
        Assert.Equal("the server answered 451", (await Book.ReadAsync(NodeId.Monitor, alert.Id, 10, Cancellation)).Pending.Single().Trouble);

        _rig.Notifier.Answer = _ => new Notified.Refused("550 no such user");
        await _rig.PassAsync(TimeSpan.FromMinutes(1));

        var ended = (await Book.ReadAsync(NodeId.Monitor, alert.Id, 10, Cancellation)).Ended.Single();
        Assert.Equal((AlertStatus.Refused, "550 no such user"), (ended.Status, ended.Trouble));
    }

    [Fact]
    public async Task Without_a_bus_it_is_stored_and_the_sweep_sends_it()
    {
        _rig.Bus.Answer = _ => new BusSend.NotNow("away", TimeSpan.Zero);
        var alert = await PlaceAsync();

        _rig.Bus.Answer = _ => new BusSend.Accepted();
        await _rig.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal([alert.Id], _rig.Notifier.Sent.Select(s => s.Alert.Id));
    }

    [Fact]
    public async Task Two_tests_are_two_alerts()
    {
        await PlaceAsync();
        await PlaceAsync();
        await _rig.DeliverAsync();

        Assert.Equal(2, _rig.Notifier.Sent.Select(s => s.Alert.Id).Distinct().Count());
    }

    private AlertBook Book => new(_rig.Table, NullLogger.Instance);

    private async Task<Alert> PlaceAsync()
    {
        var monitor = _rig.NewMonitor();
        return await new TestAlerts(monitor, new Dispatcher(monitor)).PlaceAsync("log", "operator alice", Cancellation);
    }

    private async Task<IEnumerable<AlertStatus>> StandingAsync(string id)
    {
        var list = await Book.ReadAsync(NodeId.Monitor, id, 10, Cancellation);
        return list.Pending.Concat(list.Ended).Select(a => a.Status);
    }
}
