using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Alerts that say nothing but that a channel works: stored, dispatched, claimed and recorded as any other.</summary>
internal sealed class TestAlerts(Monitor monitor, Dispatcher dispatcher)
{
    /// <summary>Stored when this returns, and on its way if the bus takes it.</summary>
    /// <param name="channel">One that is configured.</param>
    /// <exception cref="StorageUnavailableException">Whether it was stored is not known.</exception>
    public async Task<Alert> PlaceAsync(string channel, string by, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var alert = new Alert
        {
            Id = Alert.IdOf(NodeId.Monitor, $"test.{Guid.NewGuid():n}", AlertKind.Test, channel),
            Subject = NodeId.Monitor,
            Kind = AlertKind.Test,
            Severity = AlertSeverity.Low,
            At = now,
            Due = now,
            Title = $"test of the channel {channel}",
            Text = $"{by} asked at {Words.Time(now)} whether alerts get here: this one has. Nothing is wrong",
        };
        RowChange[] rows = [AlertRows.Test(alert, channel)];
        if (await monitor.Table.CommitAsync(rows, cancellation) is not CommitResult.Committed && await monitor.Table.ReadAsync(rows[0].Key, cancellation) is null)
        {
            throw new StorageUnavailableException($"test alert {alert.Id} could not be written");
        }

        await dispatcher.TryDispatchAsync($"test alert {alert.Id}", rows, cancellation);
        return alert;
    }
}
