namespace MoneroCloud.Agent;

/// <summary>When the next report is due. Pure: the monotonic clock comes in.</summary>
internal sealed record ReportPace
{
    /// <summary>When the first change after the last report happened; null while there was none.</summary>
    public TimeSpan? ChangedAt { get; init; }

    /// <summary>When the last report went out; null before the first.</summary>
    public TimeSpan? SentAt { get; init; }

    /// <summary>When the last one with all nodes in it went out.</summary>
    public TimeSpan? WholeAt { get; init; }

    /// <summary>The last send failed: nothing is tried before this.</summary>
    public TimeSpan? NotBefore { get; init; }

    /// <summary>More events wait than the last report could take.</summary>
    public bool AwaitsAck { get; init; }

    public bool WasLarge { get; init; }

    public ReportPace Changed(TimeSpan now) => this with { ChangedAt = ChangedAt ?? now };

    public ReportPace Acked(TimeSpan now) => AwaitsAck ? this with { AwaitsAck = false, ChangedAt = now - TimeSpan.FromHours(1), WasLarge = false } : this;

    public ReportPace Sent(TimeSpan now, bool whole, bool awaitsAck, bool large) => new()
    {
        SentAt = now,
        WholeAt = whole ? now : WholeAt,
        AwaitsAck = awaitsAck,
        WasLarge = large,
    };

    public ReportPace Failed(TimeSpan now, TimeSpan retryAfter) => this with { NotBefore = now + retryAfter };

    public TimeSpan DueAt(TimeSpan period, ReportTimes times)
    {
        if (NotBefore is { } retry)
        {
            return retry;
        }

        if (SentAt is not { } sent)
        {
            return TimeSpan.Zero;
        }

        if (AwaitsAck)
        {
            return sent + times.AckDeadline;
        }

        var regular = WholeAt + period ?? TimeSpan.Zero;
        var soon = ChangedAt + times.Coalescing ?? TimeSpan.MaxValue;
        var apart = WasLarge ? sent + times.LargeGap : TimeSpan.Zero;
        var changed = soon > apart ? soon : apart;
        return regular < changed ? regular : changed;
    }

    /// <summary>Is a report with all nodes due?</summary>
    public bool IsWholeDue(TimeSpan now, TimeSpan period) => WholeAt is not { } whole || now >= whole + period;
}
