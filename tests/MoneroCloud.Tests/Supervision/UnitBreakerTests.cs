using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class UnitBreakerTests
{
    private static readonly SupervisionPolicy Policy = SupervisionPolicy.Default;

    [Fact]
    public void Restarts_back_off_and_the_fifth_in_ten_minutes_opens_it()
    {
        var (breaker, now, tries) = (UnitBreaker.Closed, TimeSpan.FromHours(1), new List<TimeSpan>());
        for (; now < TimeSpan.FromMinutes(70); now += TimeSpan.FromMilliseconds(100))
        {
            if (breaker.Allows(now))
            {
                breaker = breaker.Tried(now, Policy);
                tries.Add(now);
            }
        }

        Assert.Equal([1, 2, 4, 8], tries.Zip(tries.Skip(1), (a, b) => (b - a).TotalSeconds));
        Assert.Equal(tries[^1] + Policy.BreakerOpen, breaker.OpenUntil);
    }

    [Fact]
    public void After_its_time_one_is_tried_and_it_opens_for_twice_as_long_up_to_its_bound()
    {
        var (breaker, now) = (UnitBreaker.Closed, TimeSpan.FromHours(1));
        var open = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            now = Later(breaker, now);
            breaker = breaker.Tried(now, Policy);
            if (breaker.IsOpen(now))
            {
                open.Add((breaker.OpenUntil!.Value - now).TotalMinutes);
            }
        }

        Assert.Equal([10, 20, 40, 80, 120, 120, 120], open);
    }

    [Fact]
    public void It_is_open_until_its_time_and_not_at_it()
    {
        var open = new UnitBreaker { OpenUntil = TimeSpan.FromMinutes(10) };

        Assert.True(open.IsOpen(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1)));
        Assert.False(open.IsOpen(TimeSpan.FromMinutes(10)));
        Assert.True(open.Allows(TimeSpan.FromMinutes(10)));
        Assert.False(UnitBreaker.Closed.IsOpen(TimeSpan.Zero));
    }

    private static TimeSpan Later(UnitBreaker breaker, TimeSpan now)
    {
        while (!breaker.Allows(now))
        {
            now += TimeSpan.FromSeconds(1);
        }

        return now;
    }
}
