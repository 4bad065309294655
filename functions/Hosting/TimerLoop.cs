namespace MoneroCloud.Functions;

/// <summary>
/// Standalone: calls one function at once and then at each slot of its schedule. A run never overlaps another one, slots missed meanwhile are
/// skipped, and a clock that is set back does not silence it.
/// </summary>
internal sealed class TimerLoop(
    FunctionFile function, TriggerBinding.Timer binding, TimerSchedule schedule, TriggerHost host)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _last;

    /// <param name="stop">No further run begins; the one that runs is ended by the host's cut-off alone.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        await InvokeAsync(isPastDue: true);
        while (!stop.IsCancellationRequested)
        {
            await SleepAsync(stop);
            await InvokeAsync(isPastDue: false);
        }
    }

    private async Task SleepAsync(CancellationToken stop)
    {
        var next = schedule.After(host.Time.GetUtcNow());
        while (next - host.Time.GetUtcNow() is { } left && left > TimeSpan.Zero)
        {
            await Task.Delay(WholeMilliseconds(left < LongestSleep ? left : LongestSleep), host.Time, stop);
            if (schedule.After(host.Time.GetUtcNow()) is var nearer && nearer < next)
            {
                next = nearer;
            }
        }
    }

    /// <summary>Rounded up: Task.Delay cuts fractions off, and would wake before the slot.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));

    private async Task InvokeAsync(bool isPastDue)
    {
        var now = host.Time.GetUtcNow();
        var status = schedule.IsUnderOneMinute(now) ? null : new ScheduleStatus(_last, schedule.After(now), _last);
        _last = now;
        var payload = HostEnvelope.Timer(function.Name, binding, new TriggerCall.Timer(isPastDue, status), now);
        await host.Table.InvokeAsync(function.Name, payload, host.CutOff);
    }
}
