using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class TimerLoopTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 51, 5, TimeSpan.Zero);

    private readonly SleepCountingTime _time = new(Start);
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task It_runs_at_once_to_catch_up_and_then_at_each_slot()
    {
        var trigger = new TestTrigger("probe");
        var loop = Run(trigger, "0 * * * * *");

        Slept(1);
        _time.Advance(TimeSpan.FromSeconds(55) - TimeSpan.FromTicks(1));
        Assert.Single(trigger.Calls);
        _time.Advance(TimeSpan.FromTicks(1));
        Slept(2);
        _time.Advance(TimeSpan.FromMinutes(1));
        Slept(3);

        await EndAsync(loop);
        Assert.Equal([true, false, false], trigger.Calls.Cast<TriggerCall.Timer>().Select(call => call.IsPastDue));
        Assert.Equal(
            new ScheduleStatus(Start, new DateTimeOffset(2026, 11, 23, 1, 53, 0, TimeSpan.Zero), Start),
            ((TriggerCall.Timer)trigger.Calls[1]).Status);
    }

    [Fact]
    public async Task A_schedule_under_a_minute_gives_no_status_as_with_the_real_host()
    {
        var trigger = new TestTrigger("sweep");
        var loop = Run(trigger, "*/15 * * * * *");
        Slept(1);
        await EndAsync(loop);
        Assert.Equal(new TriggerCall.Timer(true, null), Assert.Single(trigger.Calls));
    }

    [Fact]
    public async Task A_long_run_never_overlaps_another_and_the_slots_it_missed_are_skipped()
    {
        var running = 0;
        var most = 0;
        var gate = new SemaphoreSlim(0);
        var trigger = new TestTrigger("probe", async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await gate.WaitAsync(CancellationToken.None);
            Interlocked.Decrement(ref running);
            return TriggerResult.Done.Instance;
        });
        var loop = Run(trigger, "*/10 * * * * *");
        Assert.True(SpinWait.SpinUntil(() => trigger.Calls.Count == 1, 10_000));

        _time.Advance(TimeSpan.FromSeconds(60)); // Six slots.
        gate.Release();
        Slept(1);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Single(trigger.Calls);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(SpinWait.SpinUntil(() => trigger.Calls.Count == 2, 10_000));

        gate.Release(2);
        Slept(2);
        await EndAsync(loop);
        Assert.Equal((2, 1), (trigger.Calls.Count, most));
    }

    [Fact]
    public async Task A_failing_run_is_followed_by_the_next_slot()
    {
        var trigger = new TestTrigger("probe", (_, _) => throw new InvalidOperationException());
        var loop = Run(trigger, "0 * * * * *");
        Slept(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        Slept(2);
        await EndAsync(loop);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_silence_it()
    {
        var trigger = new TestTrigger("probe");
        var loop = Run(trigger, "0 0 * * * *");
        Slept(1);

        _time.AdjustTime(Start - TimeSpan.FromDays(30));
        for (var minute = 0; minute < 10; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Slept(minute + 2);
        }

        await EndAsync(loop);
        Assert.Equal(2, trigger.Calls.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * * *")]
    [InlineData("0 * * * * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("0 0 0 30 2 *")]
    [InlineData("00:01:00")]
    [InlineData("%PROBE_SCHEDULE%")]
    public void A_schedule_of_another_form_or_that_never_comes_due_is_refused(string schedule)
    {
        Assert.False(TimerSchedule.TryParse(schedule, out _, out var error));
        Assert.Contains("six fields", error, StringComparison.Ordinal);
    }

    private Task Run(TestTrigger trigger, string schedule)
    {
        Assert.True(TimerSchedule.TryParse(schedule, out var parsed, out var error), error);
        var function = TestFunctions.Of(trigger.Name);
        var table = new TriggerTable([function], [trigger], InvocationLimits.Of(TimeSpan.FromMinutes(2)), _time, NullLogger.Instance);
        var loop = new TimerLoop(function, (TriggerBinding.Timer)function.Trigger, parsed!, new TriggerHost(table, _time, CancellationToken.None));
        return Task.Run(() => loop.RunAsync(_stop.Token));
    }

    /// <summary>Until it has gone to sleep that often: no sooner may the clock go on.</summary>
    private void Slept(int times) => Assert.True(SpinWait.SpinUntil(() => _time.Sleeps >= times, 10_000), $"{_time.Sleeps} sleeps");

    private async Task EndAsync(Task loop)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
