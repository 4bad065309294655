namespace MoneroCloud.Agent;

/// <summary>When a process is started again, and when no longer.</summary>
internal sealed record SupervisionPolicy
{
    public static SupervisionPolicy Default { get; } = new();

    /// <summary>Ready for this long, it is restarted at once when it exits.</summary>
    public TimeSpan ReadyProof { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan BackOffMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Starts that did not reach <see cref="ReadyProof"/> within <see cref="BreakerWindow"/> and open the breaker.</summary>
    public int FailedStarts { get; init; } = 5;

    /// <summary>Exits of any kind within <see cref="BreakerWindow"/> that open the breaker.</summary>
    public int Exits { get; init; } = 20;

    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first time the breaker stays open; doubled each time up to <see cref="BreakerMax"/>.</summary>
    public TimeSpan BreakerOpen { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan BreakerMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Ready for this long, back-off and counts begin anew.</summary>
    public TimeSpan ResetAfter { get; init; } = TimeSpan.FromMinutes(10);
}
