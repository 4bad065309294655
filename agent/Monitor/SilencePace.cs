namespace MoneroCloud.Agent;

/// <summary>When the silence of the monitor is told. Pure: the monotonic clock comes in.</summary>
/// <param name="NextAt">When it is told next while it lasts; null while it was not told.</param>
internal sealed record SilencePace(TimeSpan? NextAt)
{
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    public static SilencePace Heard { get; } = new(NextAt: null);

    public bool IsDue(TimeSpan now, TimeSpan silentFor, TimeSpan limit) => silentFor >= limit && (NextAt is null || now >= NextAt);

    /// <summary>It was told before, and is over.</summary>
    public bool IsOver(TimeSpan silentFor, TimeSpan limit) => NextAt is not null && silentFor < limit;

    public static SilencePace Told(TimeSpan now, bool arrived) => new(now + (arrived ? Again : AfterFailure));
}
