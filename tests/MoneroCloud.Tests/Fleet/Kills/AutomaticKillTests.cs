using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Whenever the monitor's process dies: for each life of a node that hangs there is one automatic order, never two, never none, and the budget holds.</summary>
public sealed class AutomaticKillTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_at_any_change_it_makes_each_hung_life_is_ordered_once(int third)
    {
        var undisturbed = await KillRun.RunAsync(new MemoryTable(), automatic: true);
        Assert.Empty(undisturbed.Faults(undisturbed));
        Assert.Equal(2, undisturbed.Orders.Select(o => o.Id).Distinct().Count());
        var points = Points(undisturbed).Where((_, i) => i % 3 == third).ToList();
        foreach (var point in points)
        {
            var outcome = await KillRun.RunAsync(new MemoryTable(), point, automatic: true);
            var faults = outcome.Faults(undisturbed).ToList();
            Assert.True(outcome.HasKilled, $"{point}: it never came so far");
            Assert.True(faults.Count == 0, $"{point}:\n{string.Join('\n', faults)}");
        }

        output.WriteLine($"{points.Count} kill points, of {undisturbed.Calls.Count} calls");
        Assert.True(points.Count >= 35, $"{points.Count} kill points");
    }

    [Theory]
    [InlineData("the order is sent from a write of its own", "/n|")]
    [InlineData("the order is stored in a write of its own", "/n|")]
    [InlineData("a slot of the budget is taken anew by whoever asks again", "v|restarts")]
    public async Task Catches_a_monitor_that_does_it_otherwise(string what, string changes)
    {
        PlantedDefect defect = what switch
        {
            "the order is sent from a write of its own" => (table, _, notifier) => (new OutboxLaterTable(table), notifier),
            "the order is stored in a write of its own" => (table, _, notifier) => (new OrderLaterTable(table), notifier),
            _ => (table, _, notifier) => (new ForgottenSlotTable(table), notifier),
        };
        var undisturbed = await KillRun.RunAsync(new MemoryTable(), null, defect, automatic: true);
        foreach (var point in Points(undisturbed).Where(p => p.Call.Contains(changes, StringComparison.Ordinal)))
        {
            if ((await KillRun.RunAsync(new MemoryTable(), point, defect, automatic: true)).Faults(undisturbed).Any())
            {
                output.WriteLine($"caught at {point}");
                return;
            }
        }

        Assert.Fail("the defect was not noticed");
    }

    private static IEnumerable<KillPoint> Points(KillOutcome undisturbed) =>
        undisturbed.Calls.Where(c => c.Changes).SelectMany(c => new[] { new KillPoint(c.Call, false), new KillPoint(c.Call, true) });
}
