using Microsoft.Extensions.Time.Testing;

namespace MoneroCloud.Tests;

/// <summary>The clock of a process that was suspended: it shows the right time, and no timer has rung yet.</summary>
internal sealed class StoppedTimers(TimeProvider time) : TimeProvider
{
    private readonly FakeTimeProvider _stopped = new();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _stopped.CreateTimer(callback, state, dueTime, period);
}
