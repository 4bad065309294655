using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Decides, when an alert is due, over which channels it goes or what hides it, and stores that with what it means for the alert's incident: one
/// atomic write, so that nothing is decided twice and nothing is hidden without a record.
/// </summary>
internal sealed class AlertRouter(Monitor monitor, Channels channels)
{
    private const int MaxRaces = 3;

    private readonly RoutingViews _views = new(monitor);
    private readonly Dictionary<string, DateTimeOffset> _windows = [];
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);

    /// <summary>The channels for which something is due now or in a moment.</summary>
    public IReadOnlyCollection<string> Opened => _windows.Keys;

    /// <summary>
    /// Lost to too many races, the row is due as it was, and so is what comes after it of the same subject: that it is over would be judged as if nobody were
    /// to be told that it failed. Or somebody else has seen to it.
    /// </summary>
    public async Task RouteAsync(Row row, Stored<OutboxItem> item, CancellationToken cancellation)
    {
        if (_stopped.Contains(item.Value.Alert!.Subject))
        {
            return;
        }

        using var span = Traces.After(item.Value.Trace, Traces.Route)?.SetTag(Traces.Subject, item.Value.Alert.Subject).SetTag(Traces.Alert, item.Value.Alert.Id);
        for (var races = 0; races < MaxRaces; races++)
        {
            var alert = monitor.Policy.Rules.Graded(item.Value.Alert);
            var incident = alert.Incident is { } id ? await IncidentRows.FindAsync(monitor.Table, alert.Subject, id, cancellation) : null;
            var routed = AlertRouting.Of(alert, await _views.OfAsync(alert, incident?.Value, item.Value.PutOff, cancellation));
            var changes = await RowsAsync(row, item.Value, alert, routed, cancellation);
            if (incident is not null && Next(incident.Value, alert, routed) is var next && !ReferenceEquals(next, incident.Value))
            {
                changes.Add(IncidentRows.Changed(incident, next, monitor.Policy.Rules, monitor.Now));
            }

            if (await monitor.Table.CommitAsync(changes, cancellation) is not CommitResult.Lost || await IsSeenToAsync(row, cancellation))
            {
                return;
            }
        }

        _stopped.Add(item.Value.Alert.Subject);
    }

    private async Task<bool> IsSeenToAsync(Row row, CancellationToken cancellation) => (await monitor.Table.ReadAsync(row.Key, cancellation))?.Version != row.Version;

    private async Task<List<RowChange>> RowsAsync(Row row, OutboxItem item, Alert alert, Routed routed, CancellationToken cancellation) => routed switch
    {
        Routed.Later later => [new RowChange.Replace(AlertRows.Row(row.Key, item with { PutOff = true }, later.At, row.Version))],
        Routed.To to => [new RowChange.Delete(row.Key, row.Version), .. await LedgerAsync(alert, to, cancellation)],
        _ => [new RowChange.Delete(row.Key, row.Version), Hidden(alert, (Routed.Hidden)routed)],
    };

    private async Task<List<RowChange>> LedgerAsync(Alert alert, Routed.To to, CancellationToken cancellation)
    {
        var rows = new List<RowChange>();
        foreach (var channel in to.Channels)
        {
            rows.Add(AlertRows.Ledger(alert, channel, monitor.Now, await WindowAsync(channel, cancellation)));
        }

        return rows;
    }

    private async Task<DateTimeOffset> WindowAsync(string channel, CancellationToken cancellation)
    {
        if (!_windows.TryGetValue(channel, out var window) || window <= monitor.Now)
        {
            window = await channels.JoinAsync(channel, cancellation);
            _windows[channel] = window;
        }

        return window;
    }

    private RowChange Hidden(Alert alert, Routed.Hidden hidden) =>
        AlertRows.Ended(new DeliveryRecord { Alert = alert, Channel = DeliveryRecord.NoChannel, At = monitor.Now, Hidden = hidden.By });

    private Incident Next(Incident incident, Alert alert, Routed routed) => routed switch
    {
        Routed.To to => IncidentFold.Told(incident, alert, to.Channels, monitor.Now),
        Routed.Hidden hidden => IncidentFold.Hidden(incident, alert, hidden.By, hidden.Hold, monitor.Now),
        _ => incident,
    };
}
