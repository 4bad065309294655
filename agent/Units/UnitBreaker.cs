namespace MoneroCloud.Agent;

/// <summary>
/// What bounds the restarts that the agent asks systemd for by itself, as the breaker of its own processes does: each counts as a start that
/// failed until the process has been ready for the reset time. Pure; the clock comes in.
/// </summary>
internal sealed record UnitBreaker
{
    public static UnitBreaker Closed { get; } = new();

    public ProcessHistory History { get; init; } = ProcessHistory.Empty;

    /// <summary>Monotonic; null before it first opened.</summary>
    public TimeSpan? OpenUntil { get; init; }

    /// <summary>Not before: the back-off between two tries.</summary>
    public TimeSpan NextTry { get; init; } = TimeSpan.MinValue;

    public bool Allows(TimeSpan now) => !IsOpen(now) && now >= NextTry;

    public bool IsOpen(TimeSpan now) => now < OpenUntil;

    /// <summary>After a restart was allowed and asked for. Of an open breaker whose time is over it is the one try.</summary>
    public UnitBreaker Tried(TimeSpan now, SupervisionPolicy policy)
    {
        var history = History.Exited(now, failedStart: true, policy);
        if (OpenUntil is not null || history.FailedStarts.Length >= policy.FailedStarts)
        {
            var open = ProcessMachine.Doubled(policy.BreakerOpen, policy.BreakerMax, history.Openings);
            return new UnitBreaker { OpenUntil = now + open, History = ProcessHistory.Empty with { Openings = history.Openings + 1 } };
        }

        var wait = ProcessMachine.Doubled(policy.BackOffMin, policy.BackOffMax, history.BackOffs);
        return this with { History = history with { BackOffs = history.BackOffs + 1 }, NextTry = now + wait };
    }
}
