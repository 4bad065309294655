using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// One alert on the monitor itself while most nodes of several agents fail at once: of them nothing is concluded, so nobody else would tell.
/// A doubt that the next tick does not share is not told.
/// </summary>
internal sealed partial class VantageDoubts(Monitor monitor, Dispatcher dispatcher)
{
    private readonly ILogger _log = monitor.Logs.CreateLogger<VantageDoubts>();

    public async Task NoteAsync(VantageSighting vantage, CancellationToken cancellation)
    {
        var known = await monitor.Table.FindOrRenewAsync(Keys.Doubt, MonitorJson.Default.VantageDoubt, () => new VantageDoubt(), e => Log.Unreadable(_log, e.Message), cancellation);
        var rows = (vantage.Doubtful, known) switch
        {
            (true, null) => Began(vantage),
            (true, { } doubt) => [Documents.Write(Keys.Doubt, doubt with { Value = doubt.Value with { LastAt = monitor.Now } }, MonitorJson.Default.VantageDoubt)],
            // Each shard has a tick of its own in a large fleet: it takes all of them to be sure.
            (false, { } doubt) when monitor.Now - doubt.Value.LastAt >= monitor.Policy.ProbePeriod / 2 => Ended(doubt),
            _ => [],
        };
        if (rows.Count > 0 && await monitor.Table.CommitAsync(rows, cancellation) is CommitResult.Committed)
        {
            await dispatcher.DispatchAsync(rows, cancellation);
        }
    }

    private List<RowChange> Began(VantageSighting vantage)
    {
        var now = monitor.Now;
        var why = vantage.SelfCheckFailed ?? $"{vantage.NewlyFailed} of {vantage.Observed} nodes of {vantage.Agents} agents failed in the same tick";
        var alert = Alert(AlertKind.MonitorInDoubt, AlertSeverity.Critical, now, now + (monitor.Policy.ProbePeriod * 1.5), "does not trust what it sees",
            $"{why}; their state is left as it was: look at the monitor's own network first");
        var doubt = new VantageDoubt { Since = now, LastAt = now, AlertId = alert.Id, Due = alert.Due };
        return [Documents.Write(Keys.Doubt, new Stored<VantageDoubt>(doubt, null), MonitorJson.Default.VantageDoubt), .. monitor.Rows.Alert(alert)];
    }

    private List<RowChange> Ended(Stored<VantageDoubt> doubt)
    {
        var gone = new RowChange.Delete(Keys.Doubt, doubt.Version);
        return monitor.Now < doubt.Value.Due
            ? [gone, .. monitor.Rows.TakenBack(NodeId.Monitor, doubt.Value.AlertId)]
            : [gone, .. monitor.Rows.Alert(Alert(AlertKind.Recovered, AlertSeverity.Low, doubt.Value.Since, monitor.Now, "trusts what it sees again", "its probes reach most nodes again"))];
    }

    private Alert Alert(AlertKind kind, AlertSeverity severity, DateTimeOffset since, DateTimeOffset due, string what, string text) => new()
    {
        Id = Core.Alert.IdOf(NodeId.Monitor, $"doubt.{since.UtcTicks}", kind),
        Subject = NodeId.Monitor,
        Kind = kind,
        Severity = severity,
        At = monitor.Now,
        Due = due,
        Title = $"the monitor {what}",
        Text = text,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "the monitor's doubt in what it sees begins anew: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
