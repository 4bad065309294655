namespace MoneroCloud.Tests;

/// <summary>A clock that is told where it stands, in milliseconds, and the timers on it; whoever moves it asks what is due.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly List<Timer> _timers = [];

    public long Now { get; private set; }

    public override long TimestampFrequency => 1000;

    /// <summary>When the first timer is due; null while none is set.</summary>
    public long? Due => _timers.Min(t => t.Due);

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => Given.Now + TimeSpan.FromMilliseconds(Now);

    /// <summary>Forward, and fires what is due by then.</summary>
    public void MoveTo(long now)
    {
        Now = Math.Max(Now, now);
        foreach (var timer in _timers.Where(t => t.Due <= Now))
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    private sealed class Timer(VirtualTime time, Action callback) : ITimer
    {
        public long? Due { get; private set; }

        public void Fire()
        {
            Due = null;
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time.Now + (long)dueTime.TotalMilliseconds;
            return true;
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
