using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// One alert on the monitor itself while its own network is away, or most nodes of several agents fail at once: of what fails then nothing is
/// concluded, so nobody else would tell. A doubt that the next tick does not share is not told.
/// </summary>
internal sealed partial class VantageDoubts(Monitor monitor, Dispatcher dispatcher)
{
    /// <summary>Shards whose ticks are side by side write one row.</summary>
    private const int MaxRaces = 2 * Shard.Count;

    private readonly ILogger _log = monitor.Logs.CreateLogger<VantageDoubts>();

    /// <param name="shards">Those that the tick was about.</param>
    public async Task NoteAsync(VantageSighting vantage, IReadOnlyCollection<Shard> shards, CancellationToken cancellation)
    {
        for (var races = 0; races < MaxRaces && shards.Count > 0; races++)
        {
            var known = await monitor.Table.FindOrRenewAsync(Keys.Doubt, MonitorJson.Default.VantageDoubt, () => new VantageDoubt(), e => Log.Unreadable(_log, e.Message), cancellation);
            var rows = vantage.Doubtful ? await InDoubtAsync(vantage, known, shards, cancellation) : known is null ? [] : await SureAsync(known, shards, cancellation);
            if (rows.Count == 0)
            {
                return;
            }

            if (await monitor.Table.CommitAsync(rows, cancellation) is CommitResult.Committed)
            {
                await dispatcher.DispatchAsync(rows, cancellation);
                return;
            }
        }
    }

    private async Task<List<RowChange>> InDoubtAsync(VantageSighting vantage, Stored<VantageDoubt>? known, IReadOnlyCollection<Shard> shards, CancellationToken cancellation) =>
        known is null ? await BeganAsync(vantage, shards, cancellation) : [Written(known, known.Value.With(shards, monitor.Now))];

    private async Task<List<RowChange>> SureAsync(Stored<VantageDoubt> known, IReadOnlyCollection<Shard> shards, CancellationToken cancellation)
    {
        var left = known.Value.Without(shards, monitor.Policy.ProbePeriod, monitor.Now);
        return left.Shards.IsEmpty ? await EndedAsync(known, cancellation) : left.Shards.Count < known.Value.Shards.Count ? [Written(known, left)] : [];
    }

    private static RowChange Written(Stored<VantageDoubt> known, VantageDoubt doubt) => Documents.Write(Keys.Doubt, known with { Value = doubt }, MonitorJson.Default.VantageDoubt);

    private async Task<List<RowChange>> BeganAsync(VantageSighting vantage, IReadOnlyCollection<Shard> shards, CancellationToken cancellation)
    {
        var now = monitor.Now;
        var why = vantage.SelfCheckFailed ?? $"{vantage.NewlyFailed} of {vantage.Observed} nodes of {vantage.Agents} agents failed in the same tick";
        var alert = Alert(AlertKind.MonitorInDoubt, AlertSeverity.Critical, now, now + (monitor.Policy.ProbePeriod * 1.5), "does not trust what it sees",
            $"{why}; the state of nodes that fail is left as it was: look at the monitor's own network first");
        var doubt = new VantageDoubt { Since = now, AlertId = alert.Id, Due = alert.Due }.With(shards, now);
        return [Written(new Stored<VantageDoubt>(doubt, null), doubt), DoubtHistory.Began(now, why), .. await monitor.Incidents.FailsAsync(alert, Trouble.Doubt, cancellation)];
    }

    /// <summary>A doubt of one tick is not told.</summary>
    private async Task<List<RowChange>> EndedAsync(Stored<VantageDoubt> doubt, CancellationToken cancellation)
    {
        const string Text = "its own network is there, and its probes reach most nodes again";
        var untold = monitor.Now < doubt.Value.Due;
        var alert = untold ? null : Alert(AlertKind.Recovered, AlertSeverity.Low, doubt.Value.Since, monitor.Now, "trusts what it sees again", Text);
        return
        [
            new RowChange.Delete(Keys.Doubt, doubt.Version),
            DoubtHistory.Ended(doubt.Value.Since, monitor.Now),
            .. untold ? [AlertRows.TakenBack(NodeId.Monitor, doubt.Value.AlertId)] : Array.Empty<RowChange>(),
            .. await monitor.Incidents.EndsAsync(NodeId.Monitor, Trouble.Doubt, Text, alert, cancellation),
        ];
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
