using System.Collections.Immutable;

namespace MoneroCloud.Agent;

/// <summary>What the breaker and the back-off remember of a node's starts and exits.</summary>
internal sealed record ProcessHistory
{
    public static ProcessHistory Empty { get; } = new();

    /// <summary>Starts within the window that ended before the proof of readiness.</summary>
    public ImmutableArray<TimeSpan> FailedStarts { get; init; } = [];

    /// <summary>Exits within the window that nobody had ordered.</summary>
    public ImmutableArray<TimeSpan> Exits { get; init; } = [];

    /// <summary>Back-offs in a row.</summary>
    public int BackOffs { get; init; }

    /// <summary>How often the breaker has opened in a row.</summary>
    public int Openings { get; init; }

    /// <summary>The present start is the one try of an open breaker.</summary>
    public bool HalfOpen { get; init; }

    public ProcessHistory Exited(TimeSpan now, bool failedStart, SupervisionPolicy policy) => this with
    {
        Exits = Within(Exits, now, policy).Add(now),
        FailedStarts = failedStart ? Within(FailedStarts, now, policy).Add(now) : Within(FailedStarts, now, policy),
    };

    private static ImmutableArray<TimeSpan> Within(ImmutableArray<TimeSpan> times, TimeSpan now, SupervisionPolicy policy) =>
        times.RemoveAll(t => now - t > policy.BreakerWindow);
}
