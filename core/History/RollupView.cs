namespace MoneroCloud.Core;

/// <summary>One hour or day of a node: its checks as the monitor judged them, and how long it was in each state.</summary>
public sealed record RollupView
{
    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset From { get; init; }

    public required RollupSpan Span { get; init; }

    public required long Checks { get; init; }

    /// <summary>Of these, verdicts that spoke for Down.</summary>
    public required long Failures { get; init; }

    /// <summary>The shortest latency of an answer; this and the next three are null where there was no answer.</summary>
    public double? LatencyMinMs { get; init; }

    public double? LatencyAvgMs { get; init; }

    /// <summary>Interpolated within one of the <see cref="LatencyClasses"/>.</summary>
    public double? LatencyP95Ms { get; init; }

    public double? LatencyMaxMs { get; init; }

    public required double UpSeconds { get; init; }

    public required double DegradedSeconds { get; init; }

    public required double DownSeconds { get; init; }

    public required double UnknownSeconds { get; init; }

    public required double DisabledSeconds { get; init; }

    /// <summary>As <see cref="UptimeView.Uptime"/>.</summary>
    public double? Uptime { get; init; }

    internal static RollupView Of(RollupSpan span, DateTimeOffset from, RollupBucket? bucket, StateTimes times)
    {
        var (min, max) = ((bucket?.MinUs ?? 0) / 1_000.0, (bucket?.MaxUs ?? 0) / 1_000.0);
        var checks = bucket?.Checks ?? CheckTally.None;
        return new RollupView
        {
            From = from,
            Span = span,
            Checks = checks.Checks,
            Failures = checks.Down,
            LatencyMinMs = checks.Answered > 0 ? min : null,
            LatencyAvgMs = checks.Answered > 0 ? Math.Round(checks.LatencyUs / 1_000.0 / checks.Answered, 3) : null,
            LatencyP95Ms = LatencyClasses.QuantileMs(checks.Latencies, 0.95, min, max) is { } p95 ? Math.Round(p95, 3) : null,
            LatencyMaxMs = checks.Answered > 0 ? max : null,
            UpSeconds = times.Up.TotalSeconds,
            DegradedSeconds = times.Degraded.TotalSeconds,
            DownSeconds = times.Down.TotalSeconds,
            UnknownSeconds = times.Unknown.TotalSeconds,
            DisabledSeconds = times.Disabled.TotalSeconds,
            Uptime = times.Uptime,
        };
    }
}
