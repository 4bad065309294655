using MoneroCloud.Core;
using MoneroCloud.MortalMonitor;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// The standalone monitor killed -9 before and after each write, message, alert and settlement. It is started again, and what is stored and
/// told at the end is what a monitor has that lived all the while.
/// </summary>
public sealed class MonitorDeathTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>
    /// What a round comes by in any case, each with something else left behind: a death before a step is one after the step that went before.
    /// </summary>
    private static readonly string[] Always =
    [
        "take reports before 1", "commit +i,=h,=k,=o,=q,~n after 1", "commit -i,-q,=h,=j,=o,~n after 1", "commit ~a before 1", "commit ~a after 1", "send ack after 1", "take reports after 1",
        "commit ~v after 1", "commit -o,=o,~i after 1", "send alert after 1", "commit ~o(claim) after 1", "deliver after 1", "commit -o,=d after 1",
        "commit +c,+o,=b,=h before 1", "commit +c,+o,=b,=h after 1", "commit ~c,~o after 1", "send order after 1", "commit -o,=h,~c,~n after 1",
    ];

    /// <summary>One of each kind of step: a write, a message, an alert, an order, a settlement.</summary>
    private static readonly string[] Few =
    [
        "take reports before 1", "commit +i,=h,=k,=o,=q,~n after 1", "send ack after 1", "commit -o,=o,~i after 1", "deliver after 1", "commit +c,+o,=b,=h after 1", "send order after 1",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_at_each_kind_of_point_it_ends_as_if_it_had_lived() => DieAsync("death", points => [.. points.Intersect(Few)], Few);

    [Fact]
    [Trait("Tier", "soak")]
    public Task Killed_at_every_point_it_ends_as_if_it_had_lived() => DieAsync("deaths", points => [.. points.Distinct()], Always);

    [Fact]
    public async Task A_write_that_is_torn_is_noticed()
    {
        await using var lived = await DeathRun.StartAsync("whole", Begin, Cancellation);
        await using var died = await DeathRun.StartAsync("torn", Begin, Cancellation, (MortalVariables.Defect, MortalVariables.Torn));
        await lived.LiveAsync(order: false);
        await died.KillAsync();
        Assert.True(await died.DieAsync("torn +i,=h,=k,=o,=q,~n 1"));
        var (whole, torn) = (await lived.StoryAsync(), await died.EndAsync(finish: false));
        Assert.NotEmpty(torn.Differences(whole));
    }

    private async Task DieAsync(string name, Func<List<string>, List<string>> choose, string[] needed)
    {
        await using var lived = await DeathRun.StartAsync($"{name}-lived", Begin, Cancellation);
        await using var died = await DeathRun.StartAsync($"{name}-died", Begin, Cancellation);
        var points = choose(await lived.PointsOfARoundAsync());
        await died.KillAsync();
        var began = TimeProvider.System.GetTimestamp();
        var living = LiveAsync(lived, points.Count - 1);
        var missed = new List<string>();
        foreach (var point in points)
        {
            if (!await died.DieAsync(point))
            {
                missed.Add(point);
            }
        }

        var (expected, stored) = (await living, await died.EndAsync());
        output.WriteLine($"killed at {points.Count - missed.Count} points in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:f1} s: {string.Join("; ", points.Except(missed))}");
        output.WriteLine($"not come to, and killed afterwards: {string.Join("; ", missed)}");
        output.WriteLine($"{stored.Rows.Count} rows are equal");
        Assert.Empty(needed.Except(points.Except(missed)));
        Assert.True(stored.Differences(expected) is [], string.Join('\n', stored.Differences(expected)));
        AlertsAreTold(died, expected, stored);
        OrdersAreCarriedOutOnce(died, stored);
    }

    private static async Task<StoredStory> LiveAsync(DeathRun run, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            await run.LiveAsync(order: false);
        }

        return await run.StoryAsync();
    }

    /// <summary>Each alert, and none more often than its record owns up to.</summary>
    private void AlertsAreTold(DeathRun died, StoredStory expected, StoredStory stored)
    {
        var told = died.Told;
        Assert.Equal(expected.Deliveries.Select(d => d.Alert.Id).Order(StringComparer.Ordinal), stored.Deliveries.Select(d => d.Alert.Id).Order(StringComparer.Ordinal));
        Assert.Equal(stored.Deliveries.Select(d => d.Alert.Id).Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored.Deliveries, d => Assert.InRange(told[d.Alert.Id], 1, 1 + d.LostClaims));
        output.WriteLine($"{told.Count} alerts told, {told.Values.Sum() - told.Count} of them twice under the same id; {stored.Deliveries.Sum(d => d.LostClaims)} claims lost");
    }

    /// <summary>Whatever was stored was taken once, no life was restarted twice, and each attempt to send it is another message of the same order.</summary>
    private void OrdersAreCarriedOutOnce(DeathRun died, StoredStory stored)
    {
        Assert.Empty(died.Answered.Except(stored.Orders.Select(o => o.Order.Id)));
        Assert.Equal(stored.Orders.Select(o => o.Order.Id).Order(StringComparer.Ordinal), died.OrdersTaken.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored.Orders, o => Assert.Equal(OrderState.Ended, o.State));
        var done = stored.Orders.Where(o => o.Outcome!.Result == OutcomeResult.Done).Select(o => o.Order.Identity).ToList();
        Assert.NotEmpty(done);
        Assert.Equal(done.Count, done.Distinct().Count());
        Assert.All(stored.Orders, o => Assert.All(died.OrdersTaken[o.Order.Id], message => Assert.StartsWith(o.Order.Id + ":", message, StringComparison.Ordinal)));
        Assert.Equal(stored.Orders.Count, stored.Ordered.Count(e => e.Fact is NodeFact.OrderTaken));
        Assert.Equal(stored.Orders.Count, stored.Ordered.Count(e => e.Fact is NodeFact.OrderEnded));
        output.WriteLine($"{stored.Orders.Count} orders, {died.Answered.Count} of them answered for, {done.Count} restarts of as many lives; {died.OrdersTaken.Values.Sum(m => m.Count)} messages");
    }
}
