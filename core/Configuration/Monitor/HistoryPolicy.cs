namespace MoneroCloud.Core;

/// <summary>How long the monitor remembers what happened.</summary>
internal sealed record HistoryPolicy
{
    public static HistoryPolicy Default { get; } = new();

    public int RetentionDays { get; init; } = 90;

    public int HourlyDays { get; init; } = 35;

    public int DailyDays { get; init; } = 400;

    /// <summary>Of who did what.</summary>
    public int AuditDays { get; init; } = 400;

    public TimeSpan Audit => TimeSpan.FromDays(AuditDays);

    public TimeSpan Retention => TimeSpan.FromDays(RetentionDays);
}
