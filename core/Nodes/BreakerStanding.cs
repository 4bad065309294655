namespace MoneroCloud.Core;

/// <summary>A node's breaker that is not closed: too many starts or exits.</summary>
public sealed record BreakerStanding
{
    /// <summary>More is not told.</summary>
    internal const int LongestWhy = 200;

    public required BreakerState State { get; init; }

    /// <summary>When it opened, by the agent's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    public required string Why { get; init; }

    /// <summary>When one start is tried, by the agent's clock; null while it is half-open.</summary>
    public DateTimeOffset? NextTry { get; init; }

    public string Text() => State == BreakerState.Open
        ? $"its breaker is open since {Words.Time(Since)} ({Why}); {(NextTry is { } at ? $"one start is tried at {Words.Time(at)}" : "no start is planned")}"
        : $"its breaker is half-open: one start is being tried ({Why})";
}
