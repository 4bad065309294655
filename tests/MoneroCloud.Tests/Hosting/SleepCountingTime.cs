using Microsoft.Extensions.Time.Testing;

namespace MoneroCloud.Tests;

/// <summary>A fake clock that counts the sleeps of up to a minute, so that a test moves it on only when the loop under test sleeps again.</summary>
internal sealed class SleepCountingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _sleeps;

    public int Sleeps => Volatile.Read(ref _sleeps);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime <= TimeSpan.FromMinutes(1))
        {
            Interlocked.Increment(ref _sleeps);
        }

        return timer;
    }
}
