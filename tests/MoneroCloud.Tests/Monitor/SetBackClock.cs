namespace MoneroCloud.Tests;

/// <summary>A host's clock whose wall time somebody sets back; what has passed since a moment stays as it is.</summary>
internal sealed class SetBackClock(TimeProvider time) : TimeProvider
{
    public TimeSpan SetBackBy { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() - SetBackBy;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
