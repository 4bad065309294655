using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Alerts that say nothing but that a channel works: stored, dispatched, claimed and recorded as any other.</summary>
internal sealed partial class TestAlerts(Monitor monitor, Dispatcher dispatcher)
{
    /// <summary>It is stored: a bus that is slow must not keep the caller, for the sweep sends again.</summary>
    private static readonly TimeSpan SendFor = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = monitor.Logs.CreateLogger<TestAlerts>();

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

        await DispatchAsync(alert.Id, rows, cancellation);
        return alert;
    }

    private async Task DispatchAsync(string id, RowChange[] rows, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(SendFor, monitor.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await dispatcher.DispatchAsync(rows, either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or StorageUnavailableException)
        {
            Log.NotDispatched(_log, id, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "test alert {Alert} was stored and not sent at once ({Why}): the sweep sends it")]
        public static partial void NotDispatched(ILogger log, string alert, string why);
    }
}
