using System.Collections.Concurrent;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Decides, when an alert is due, over which channels it goes or what hides it, and stores that with what it means for the alert's incident: one
/// atomic write, so that nothing is decided twice and nothing is hidden without a record.
/// </summary>
internal sealed class AlertRouter(Monitor monitor, Channels channels)
{
    /// <summary>Alerts that are decided together, at most: as many as go into one commit, so that a failure of the store undoes little.</summary>
    public const int MostTogether = 32;

    /// <summary>Incidents that are read side by side.</summary>
    private const int Reads = 8;

    private readonly RoutingViews _views = new(monitor);
    private readonly ShardIncidents _incidents = new(monitor);
    private readonly Dictionary<string, DateTimeOffset> _windows = [];
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);

    /// <summary>The channels for which something is due now or in a moment.</summary>
    public IReadOnlyCollection<string> Opened => _windows.Keys;

    /// <summary>Many alerts of a shard are going to be routed.</summary>
    public Task PrepareAsync(Shard shard, int alerts, CancellationToken cancellation) => _incidents.PrepareAsync(shard, alerts, cancellation);

    /// <summary>
    /// Each is decided and stored by itself, many in one commit. One that lost too many races is due as it was, and so is what comes after it of the same subject: that it
    /// is over would be judged as if nobody were to be told that it failed. Or somebody else has seen to it.
    /// </summary>
    /// <param name="alerts">Of one shard and each of another subject; at most <see cref="MostTogether"/>.</param>
    /// <param name="unreadable">Told of what cannot be read for one of them; that one is left out.</param>
    public async Task RouteAsync(
        IReadOnlyList<(Row Row, Stored<OutboxItem> Item)> alerts, Func<Row, UnreadableRowException, Task> unreadable, CancellationToken cancellation)
    {
        var due = alerts.Where(a => !_stopped.Contains(a.Item.Value.Alert!.Subject)).ToDictionary(a => a.Row.Key, a => (a.Row, Item: a.Item.Value));
        var incidents = new ConcurrentDictionary<RowKey, Stored<Incident>?>();
        await Parallel.ForEachAsync(
            due.Values,
            new ParallelOptions { MaxDegreeOfParallelism = Reads, CancellationToken = cancellation },
            async (a, token) => await TryAsync(a.Row, async () => incidents[a.Row.Key] = await IncidentAsync(a.Item.Alert!, _incidents.Take(a.Item.Alert!.Subject), token)));
        var made = new List<IReadOnlyList<RowChange>>();
        foreach (var (row, item) in due.Values.Where(a => incidents.ContainsKey(a.Row.Key)))
        {
            await TryAsync(row, async () => made.Add(await RowsAsync(row, item, incidents[row.Key], cancellation)));
        }

        var outcome = await new BatchWriter(monitor.Table).WriteAsync(made, AgainAsync, cancellation);
        foreach (var key in outcome.Lost)
        {
            if (!await IsSeenToAsync(due[key].Row, cancellation))
            {
                _stopped.Add(due[key].Item.Alert!.Subject);
            }
        }

        foreach (var key in outcome.TooLarge)
        {
            _stopped.Add(due[key].Item.Alert!.Subject);
            await unreadable(due[key].Row, new UnreadableRowException(key, nameof(OutboxItem), "what becomes of it is too large to be written"));
        }

        async Task<IReadOnlyList<RowChange>?> AgainAsync(RowKey key, CancellationToken token)
        {
            var (row, item) = due[key];
            List<RowChange>? rows = null;
            if (!await IsSeenToAsync(row, token))
            {
                await TryAsync(row, async () => rows = await RowsAsync(row, item, await IncidentAsync(item.Alert!, null, token), token));
            }

            return rows;
        }

        async Task TryAsync(Row row, Func<Task> what)
        {
            try
            {
                await what();
            }
            catch (UnreadableRowException e)
            {
                await unreadable(row, e);
            }
        }
    }

    /// <param name="known">The subject's open one, where it was read already.</param>
    private async Task<Stored<Incident>?> IncidentAsync(Alert alert, Stored<Incident>? known, CancellationToken cancellation) =>
        alert.Incident is not { } id ? null
        : known?.Value.Id == id ? known
        : await IncidentRows.FindAsync(monitor.Table, alert.Subject, id, cancellation);

    private async Task<bool> IsSeenToAsync(Row row, CancellationToken cancellation) => (await monitor.Table.ReadAsync(row.Key, cancellation))?.Version != row.Version;

    /// <summary>The alert's own comes first.</summary>
    private async Task<List<RowChange>> RowsAsync(Row row, OutboxItem item, Stored<Incident>? incident, CancellationToken cancellation)
    {
        var alert = monitor.Policy.Rules.Graded(item.Alert!);
        using var span = Traces.After(item.Trace, Traces.Route)?.SetTag(Traces.Subject, alert.Subject).SetTag(Traces.Alert, alert.Id);
        var routed = AlertRouting.Of(alert, await _views.OfAsync(alert, incident?.Value, item.PutOff, cancellation));
        var changes = await RowsAsync(row, item, alert, routed, cancellation);
        if (incident is not null && Next(incident.Value, alert, routed) is var next && !ReferenceEquals(next, incident.Value))
        {
            changes.Add(IncidentRows.Changed(incident, next, monitor.Policy.Rules, monitor.Now));
        }

        return changes;
    }

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
