namespace MoneroCloud.Agent;

/// <summary>When reports go out, apart from the regular ones.</summary>
internal sealed record ReportTimes
{
    /// <summary>From a change to its report, so that what happens together is told together.</summary>
    public TimeSpan Coalescing { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Between two reports that are larger than <see cref="Large"/>: each repeats what was not acked yet.</summary>
    public TimeSpan LargeGap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes.</summary>
    public int Large { get; init; } = 16 * 1024;

    /// <summary>After a send that failed; the connection itself keeps its own back-off.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>While more events wait than a report takes, the next one goes out with the ack, or after this.</summary>
    public TimeSpan AckDeadline { get; init; } = TimeSpan.FromSeconds(10);
}
