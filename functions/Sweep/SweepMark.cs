namespace MoneroCloud.Functions;

/// <summary>That the sweep runs: an agent can only be called silent by a monitor that has listened all the while.</summary>
internal sealed partial record SweepMark
{
    public DateTimeOffset At { get; set; }

    /// <summary>It has been running since then without a gap, and with its own network there.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>A gap: more than one run of a minute was left out.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(150);

    /// <summary>
    /// The present one, stored, with the gap before it. A monitor without a network has not listened: when that is back, agents have all of their time to report. Whoever
    /// loses the race reads what the other wrote.
    /// </summary>
    public static async Task<SweepMark> StampAsync(Monitor monitor, CancellationToken cancellation)
    {
        var offline = await monitor.SelfCheck.RunAsync(cancellation) is not null;
        var now = monitor.Now;
        var log = monitor.Logs.CreateLogger<SweepMark>();
        var before = await monitor.Table.FindOrRenewAsync(Keys.SweepMark, MonitorJson.Default.SweepMark, () => new SweepMark(), e => Log.Unreadable(log, e.Message), cancellation);
        var mark = new SweepMark { At = now, Since = !offline && before is { Value: var last } && now - last.At <= Gap && last.At <= now ? last.Since : now };
        IEnumerable<RowChange> away = before is { Value.At: var ran } && ran > default(DateTimeOffset) && now - ran > Gap ? StateMarks.Away(ran, now) : [];
        await monitor.Table.CommitAsync([Documents.Write(Keys.SweepMark, new Stored<SweepMark>(mark, before?.Version), MonitorJson.Default.SweepMark), .. away], cancellation);
        return mark;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "no agent is called silent for a while: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
