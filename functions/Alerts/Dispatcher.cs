using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Sees to what is due: alerts are routed, deliverers are called, orders are put onto the bus. Whatever does not succeed stays due; so nothing that
/// was stored is lost, and no guarantee rests on the broker.
/// </summary>
internal sealed partial class Dispatcher(Monitor monitor)
{
    /// <summary>What cannot be sent stays where it is, told again now and then, and out of the way of what can.</summary>
    private static readonly TimeSpan AgainUnreadable = TimeSpan.FromHours(1);

    /// <summary>A deliverer that is called for a window waits for its end: not longer than an invocation may.</summary>
    private static readonly TimeSpan NearWindow = TimeSpan.FromSeconds(15);

    /// <summary>For a caller that waits.</summary>
    private static readonly TimeSpan SendFor = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Rows of one shard that are put into order at once. As many as a storm leaves there: their keys say nothing of when it happened, and in a later part there must
    /// be no failure whose end is in an earlier one.
    /// </summary>
    private const int MostAtOnce = 5_000;

    private const int MostParts = 4;

    private readonly ILogger _log = monitor.Logs.CreateLogger<Dispatcher>();
    private readonly Channels _channels = new(monitor);

    /// <summary>
    /// Dispatches what a commit has just stored, as far as it is due, and before it what had become due in the same shards: else somebody would
    /// read that a node works again before he reads that it is down.
    /// </summary>
    public async Task DispatchAsync(IEnumerable<RowChange> stored, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var due = stored.Select(c => c.Written).OfType<Row>().Where(r => r.Due <= now && r.Key.Key.StartsWith(Keys.Outbox, StringComparison.Ordinal)).ToList();
        if (due.TrueForAll(IsOrder))
        {
            await DispatchOrdersAsync(due, cancellation); // Whoever waits for one does not wait for alerts that are none of his.
            return;
        }

        await DispatchDueAsync([.. due.Select(r => r.Key.Shard).Distinct()], cancellation);
    }

    /// <summary>As <see cref="DispatchAsync(IEnumerable{RowChange}, CancellationToken)"/>, for whoever waits for an answer: a bus that is slow must not keep him, for the sweep sends again.</summary>
    /// <param name="what">What was stored, for the log.</param>
    public async Task TryDispatchAsync(string what, IReadOnlyList<RowChange> stored, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(SendFor, monitor.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await DispatchAsync(stored, either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or StorageUnavailableException)
        {
            Log.NotDispatched(_log, what, e.GetType().Name);
        }
    }

    /// <summary>What is due in these shards.</summary>
    public async Task DispatchDueAsync(IReadOnlyCollection<Shard> shards, CancellationToken cancellation)
    {
        var run = new Run(new AlertRouter(monitor, _channels));
        foreach (var shard in shards)
        {
            // What cannot be stored stays due, and must not be tried for ever.
            for (var part = 0; part < MostParts && await DispatchDueAsync(shard, run, cancellation) == MostAtOnce; part++)
            {
            }
        }

        run.Channels.UnionWith(await NearAsync(run.Router.Opened, cancellation));
        foreach (var channel in run.Channels)
        {
            await _channels.WakeAsync(channel, cancellation);
        }
    }

    private static bool IsOrder(Row row) => row.Key.Key.EndsWith(Keys.OrderSuffix, StringComparison.Ordinal);

    private async Task DispatchOrdersAsync(List<Row> orders, CancellationToken cancellation)
    {
        foreach (var order in orders)
        {
            if (await monitor.Table.ReadAsync(order.Key, cancellation) is { } row && Documents.TryRead(row, MonitorJson.Default.OutboxItem, e => Log.Unreadable(_log, e.Message)) is { } item)
            {
                await DispatchAsync([(row, item)], new Run(new AlertRouter(monitor, _channels)), cancellation);
            }
        }
    }

    /// <returns>How many rows of the shard were seen to: fewer than there can be at once when nothing more is to be done now.</returns>
    private async Task<int> DispatchDueAsync(Shard shard, Run run, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in monitor.Table.DueAsync(shard, KeyRange.Prefix(Keys.Outbox), monitor.Now, int.MaxValue, cancellation))
        {
            if (!row.Key.Key.StartsWith(Keys.AllLedger, StringComparison.Ordinal))
            {
                rows.Add(row);
            }
            else if (ChannelOf(row.Key) is { } channel)
            {
                run.Channels.Add(channel);
            }

            if (rows.Count == MostAtOnce)
            {
                break;
            }
        }

        var due = await InOrderAsync(rows, cancellation);
        await run.Router.PrepareAsync(shard, due.Count(d => d.Item.Value.Alert is not null), cancellation);
        await DispatchAsync(due, run, cancellation);
        return rows.Count;
    }

    /// <summary>As it happened: that a node is down is decided before that it works again, though both became due in one moment.</summary>
    private async Task<List<(Row Row, Stored<OutboxItem> Item)>> InOrderAsync(List<Row> rows, CancellationToken cancellation)
    {
        var readable = new List<(Row Row, Stored<OutboxItem> Item)>();
        foreach (var row in rows)
        {
            try
            {
                readable.Add((row, Documents.Read(row, MonitorJson.Default.OutboxItem)));
            }
            catch (UnreadableRowException e)
            {
                await LaterAsync(row, e, cancellation);
            }
        }

        var times = new AlertTimes(readable.Select(r => r.Item.Value.Alert).OfType<Alert>());
        return [.. readable.OrderBy(r => r.Row.Due).ThenBy(r => r.Item.Value.Alert is { } alert ? times.Of(alert) : default)];
    }

    private async Task LaterAsync(Row row, UnreadableRowException e, CancellationToken cancellation)
    {
        Log.Unreadable(_log, e.Message);
        await monitor.Table.CommitAsync([new RowChange.Replace(row with { Due = monitor.Now + AgainUnreadable })], cancellation); // Lost: somebody has seen to it.
    }

    /// <summary>Alerts first: to decide who is told needs no bus, and a slow one must not keep anybody from being told.</summary>
    private async Task DispatchAsync(IReadOnlyCollection<(Row Row, Stored<OutboxItem> Item)> due, Run run, CancellationToken cancellation)
    {
        var orders = new List<(string Order, Row Row, Stored<OutboxItem> Item)>();
        var alerts = new List<(Row Row, Stored<OutboxItem> Item)>();
        foreach (var (row, item) in due)
        {
            switch (item.Value)
            {
                case { Order: { } order } when Keys.OrderOnItsWay(order) == row.Key:
                    orders.Add((order, row, item));
                    break;
                case { Order: null, Channel: null, Alert: { } alert } when Keys.Unrouted(alert.Subject, alert.Id) == row.Key:
                    alerts.Add((row, item));
                    break;
                default:
                    await LaterAsync(row, new UnreadableRowException(row.Key, nameof(OutboxItem), "it is not what its key says"), cancellation);
                    break;
            }
        }

        foreach (var together in Together(alerts))
        {
            await run.Router.RouteAsync(together, (row, e) => LaterAsync(row, e, cancellation), cancellation);
        }

        foreach (var (order, row, item) in orders)
        {
            // With the bus away this one and all further ones stay due.
            run.BusAway = run.BusAway || !await SendAsync(order, row, item, cancellation);
        }
    }

    /// <summary>Alerts of different subjects have nothing to do with each other, and are decided together; those of one stay in their order.</summary>
    private static IEnumerable<List<(Row Row, Stored<OutboxItem> Item)>> Together(IEnumerable<(Row Row, Stored<OutboxItem> Item)> alerts)
    {
        var (part, subjects) = (new List<(Row Row, Stored<OutboxItem> Item)>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var alert in alerts)
        {
            if (part.Count == AlertRouter.MostTogether || !subjects.Add(alert.Item.Value.Alert!.Subject))
            {
                yield return part;
                (part, subjects) = ([], [alert.Item.Value.Alert!.Subject]);
            }

            part.Add(alert);
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    /// <returns>False when the bus is away.</returns>
    private async Task<bool> SendAsync(string order, Row row, Stored<OutboxItem> item, CancellationToken cancellation)
    {
        using var span = Traces.After(item.Value.Trace, Traces.Order)?.SetTag(Traces.OrderId, order);
        try
        {
            return await new OrderDispatch(monitor).DispatchAsync(order, row, item, cancellation) is not BusSend.NotNow;
        }
        catch (UnreadableRowException e)
        {
            await LaterAsync(row, e, cancellation);
            return true;
        }
    }

    private async Task<List<string>> NearAsync(IReadOnlyCollection<string> opened, CancellationToken cancellation)
    {
        var near = new List<string>();
        foreach (var channel in opened)
        {
            if (await _channels.FlushAtAsync(channel, cancellation) - monitor.Now <= NearWindow)
            {
                near.Add(channel);
            }
        }

        return near;
    }

    private static string? ChannelOf(RowKey key) => key.Key[Keys.AllLedger.Length..].Split('|') is [{ Length: > 0 } channel, _] ? channel : null;

    /// <summary>One call over some shards.</summary>
    private sealed class Run(AlertRouter router)
    {
        public AlertRouter Router => router;

        /// <summary>Over which something is due.</summary>
        public HashSet<string> Channels { get; } = [];

        public bool BusAway { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{What} was stored and not sent at once ({Why}): the sweep sends it")]
        public static partial void NotDispatched(ILogger log, string what, string why);

        [LoggerMessage(Level = LogLevel.Error, Message = "something is to be sent and cannot be: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
