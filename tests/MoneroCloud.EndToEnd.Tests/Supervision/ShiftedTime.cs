namespace MoneroCloud.EndToEnd.Tests;

/// <summary>The system's clocks, of which the wall clock can be set; no kernel ever sets the monotonic one.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public TimeSpan Shift
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _shift));
        set => Interlocked.Exchange(ref _shift, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
