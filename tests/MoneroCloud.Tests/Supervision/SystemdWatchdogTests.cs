using Microsoft.Extensions.Time.Testing;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class SystemdWatchdogTests
{
    private static readonly NodeName Quick = NodeName.Parse("quick");
    private static readonly NodeName Slow = NodeName.Parse("slow");

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _told = [];
    private Task _turnOfSlow = Task.CompletedTask;
    private int _works;

    [Theory]
    [InlineData("120000000", null, 120.0)]
    [InlineData("120000000", "", 120.0)]
    [InlineData("3000000", "77", 3.0)]
    [InlineData("9223372036854775807", null, 86400.0)]
    public void The_limit_is_the_units(string microseconds, string? pid, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SystemdWatchdog.LimitOf(microseconds, pid, 77));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "77")]
    [InlineData("0", "77")]
    [InlineData("-5", "77")]
    [InlineData("18446744073709551615", "77")]
    [InlineData("2 min", "77")]
    [InlineData("3000000", "78")]
    [InlineData("3000000", "07")]
    public void Without_a_limit_or_with_one_for_another_process_there_is_none(string? microseconds, string? pid) =>
        Assert.Null(SystemdWatchdog.LimitOf(microseconds, pid, 77));

    [Fact]
    public async Task Systemd_is_told_three_times_within_its_limit_while_every_loop_goes_round()
    {
        await using var watchdog = Watchdog(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _works);
        var took = await PassUntilAsync(() => _works == 4);

        // More only where this machine was slow to take a step.
        Assert.InRange(took, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(300));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Of_a_loop_that_stands_still_it_is_not_told_until_it_goes_round_again()
    {
        var stuck = new TaskCompletionSource();
        _turnOfSlow = stuck.Task;
        await using var watchdog = Watchdog(TimeSpan.FromSeconds(30));
        await PassUntilAsync(() => _told.Count == 3);
        Assert.Equal(0, _works);
        Assert.All(_told, text => Assert.StartsWith("no turn within 10 s by the loop of slow;", text, StringComparison.Ordinal));

        stuck.SetResult();
        await PassUntilAsync(() => _works == 1);
    }

    [Fact]
    public async Task Where_systemd_set_no_limit_nothing_is_asked()
    {
        await using var watchdog = new SystemdWatchdog(null, _time, () => throw new InvalidOperationException("asked"), () => _works++, _told.Add);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, _works);
    }

    [Fact]
    public async Task It_ends_at_once_also_while_a_loop_stands_still()
    {
        _turnOfSlow = new TaskCompletionSource().Task;
        await Watchdog(TimeSpan.FromSeconds(30)).DisposeAsync();
        Assert.Equal(0, _works);
        Assert.Empty(_told);
    }

    /// <returns>How much of the clock's time went by.</returns>
    private async Task<TimeSpan> PassUntilAsync(Func<bool> condition)
    {
        var began = _time.GetTimestamp();
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return _time.GetElapsedTime(began);
    }

    private SystemdWatchdog Watchdog(TimeSpan limit) =>
        new(limit, _time, () => [(Quick, Task.CompletedTask), (Slow, _turnOfSlow)], () => _works++, _told.Add);
}
