using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>From counts to one word: stale before degraded before healthy. Pure.</summary>
internal static class FleetHealth
{
    /// <summary>A shard may be left out by two ticks before that says something: a lease that was lost takes two.</summary>
    public const int StalePeriods = 4;

    private const int UnknownPeriods = 3;

    /// <param name="period">How often the timer probes.</param>
    /// <param name="startedAt">When this process began: a shard that no tick has gone through yet has so much time.</param>
    public static HealthView Of(FleetCounts fleet, TimeSpan period, DateTimeOffset startedAt, DateTimeOffset now)
    {
        var stale = IsStale(fleet.TickedAt, period, startedAt, now);
        var unknown = fleet.UnknownSince is { } since && now - since > UnknownPeriods * period;
        return new HealthView
        {
            Status = stale ? MonitorStatus.Stale : fleet.Counts.Failed > 0 || unknown ? MonitorStatus.Degraded : MonitorStatus.Healthy,
            Working = fleet.Counts.Working,
            Degraded = fleet.Counts.Degraded,
            Failed = fleet.Counts.Failed,
            Unknown = fleet.Counts.Unknown,
            Total = fleet.Counts.Total,
            CheckedAt = now,
            TickedAt = fleet.TickedAt,
            Truncated = fleet.Truncated ? true : null,
            Reason = stale ? "ticks" : null,
        };
    }

    /// <param name="tickedAt">Null where no tick has gone through yet.</param>
    public static bool IsStale(DateTimeOffset? tickedAt, TimeSpan period, DateTimeOffset startedAt, DateTimeOffset now) =>
        now - (tickedAt ?? startedAt) > StalePeriods * period;
}
