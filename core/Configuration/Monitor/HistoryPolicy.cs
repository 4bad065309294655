namespace MoneroCloud.Core;

/// <summary>How long the monitor remembers what happened.</summary>
internal sealed record HistoryPolicy
{
    public static HistoryPolicy Default { get; } = new();

    public int RetentionDays { get; init; } = 90;

    public TimeSpan Retention => TimeSpan.FromDays(RetentionDays);
}
