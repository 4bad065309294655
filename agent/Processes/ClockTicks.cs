namespace MoneroCloud.Agent;

/// <summary>The kernel's clock ticks (100 a second, everywhere known; asked all the same) and its clock since boot.</summary>
internal static unsafe class ClockTicks
{
    private const int PerSecondName = 2;
    private const int BootTime = 7;

    private static readonly long PerSecond = Math.Max(1, LibC.SysConf(PerSecondName));

    /// <summary>Time since boot with suspends, the clock of start ticks. It is compared with what the kernel wrote, so it is the kernel's.</summary>
    internal static TimeSpan SinceBoot
    {
        get
        {
            var time = stackalloc long[2];
            _ = LibC.ClockGetTime(BootTime, time);
            return TimeSpan.FromSeconds(time[0]) + TimeSpan.FromTicks(time[1] / 100);
        }
    }

    internal static TimeSpan ToTimeSpan(long ticks) => TimeSpan.FromTicks((long)((Int128)ticks * TimeSpan.TicksPerSecond / PerSecond));

    /// <summary>Never negative: a start tick is rounded.</summary>
    internal static TimeSpan AgeOf(long startTicks)
    {
        var age = SinceBoot - ToTimeSpan(startTicks);
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }
}
