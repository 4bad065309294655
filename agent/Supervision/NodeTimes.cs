namespace MoneroCloud.Agent;

/// <summary>When a node's next check and its phase's wait are due: one timer for both.</summary>
internal sealed class NodeTimes : IDisposable
{
    private readonly AgentClock _clock;
    private readonly ITimer _timer;
    private TimeSpan _lastCheck;
    private TimeSpan _nextCheck;

    public NodeTimes(AgentClock clock, Action due)
    {
        _clock = clock;
        _timer = clock.Provider.CreateTimer(_ => due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void CheckNow() => _nextCheck = _clock.Now;

    /// <summary>As soon as <paramref name="apart"/> has gone by since the last check.</summary>
    public void CheckSoon(TimeSpan apart)
    {
        var soon = _lastCheck + apart;
        _nextCheck = soon < _nextCheck ? soon : _nextCheck;
    }

    /// <summary>True once for a check that is due.</summary>
    public bool TakeDueCheck()
    {
        if (_clock.Now < _nextCheck)
        {
            return false;
        }

        _lastCheck = _clock.Now;
        _nextCheck = TimeSpan.MaxValue;
        return true;
    }

    /// <summary>Sets the timer for whatever comes first.</summary>
    /// <param name="phase">Its wait, if it has one.</param>
    /// <param name="period">Between this check and the next.</param>
    public void Arrange(ProcessPhase phase, TimeSpan period)
    {
        var check = _lastCheck + period;
        _nextCheck = check < _nextCheck ? check : _nextCheck;
        var due = phase switch
        {
            ProcessPhase.BackingOff waiting when waiting.Until < _nextCheck => waiting.Until,
            ProcessPhase.Broken open when open.Until < _nextCheck => open.Until,
            _ => _nextCheck,
        };
        var wait = due - _clock.Now;

        // Timers count whole milliseconds: a wait of less would fire early and again and again.
        _timer.Change(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
