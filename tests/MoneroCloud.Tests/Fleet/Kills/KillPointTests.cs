using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>
/// Whenever the monitor's process dies, before or after any change that it makes outside of itself: a new one brings about what the first would
/// have. Dying at a look is dying after the change before it, since nothing but the process itself is another then.
/// </summary>
public sealed class KillPointTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Killed_at_any_change_it_makes_nothing_is_lost_and_nothing_is_done_twice(int quarter)
    {
        var undisturbed = await KillRun.RunAsync(new MemoryTable());
        Assert.Empty(undisturbed.Faults(undisturbed));
        Assert.Single(undisturbed.Orders.DistinctBy(o => o.Id));
        var points = Points(undisturbed).Where((_, i) => i % 4 == quarter).ToList();
        foreach (var point in points)
        {
            Sound(point, await KillRun.RunAsync(new MemoryTable(), point), undisturbed);
        }

        output.WriteLine($"{points.Count} kill points, of {undisturbed.Calls.Count} calls");
        Assert.True(points.Count >= 35, $"{points.Count} kill points");
    }

    /// <summary>In the file that the standalone monitor has: fewer points, since each commit is on the disk.</summary>
    [Fact]
    public async Task Killed_over_a_real_file_nothing_is_lost_and_nothing_is_done_twice()
    {
        var undisturbed = await OverFileAsync(null);
        var points = Points(undisturbed).Where((_, i) => i % 45 == 4).ToList();
        foreach (var point in points)
        {
            Sound(point, await OverFileAsync(point), undisturbed);
        }

        Assert.True(points.Count >= 3, $"{points.Count} kill points");
    }

    [Theory]
    [InlineData("what is to be sent is stored in a write of its own", "commit 4/n|")]
    [InlineData("an order is sent before it is stored", "send to commands")]
    [InlineData("a delivery is recorded before it is sent", "commit 4/o|")]
    public async Task Catches_a_monitor_that_does_things_in_the_wrong_order(string what, string changes)
    {
        PlantedDefect defect = what switch
        {
            "what is to be sent is stored in a write of its own" => (table, _, notifier) => (new OutboxLaterTable(table), notifier),
            "an order is sent before it is stored" => (table, bus, notifier) => (new SendFirstTable(table, bus), notifier),
            _ => RecordsFirst,
        };
        var undisturbed = await KillRun.RunAsync(new MemoryTable(), null, defect);
        Assert.Empty(undisturbed.Faults(undisturbed));

        foreach (var point in Points(undisturbed).Where(p => p.Call.StartsWith(changes, StringComparison.Ordinal)))
        {
            if ((await KillRun.RunAsync(new MemoryTable(), point, defect)).Faults(undisturbed).Any())
            {
                output.WriteLine($"caught at {point}");
                return;
            }
        }

        Assert.Fail("the defect was not noticed");
    }

    private static (ITable Table, INotifier Notifier) RecordsFirst(ITable table, IBusSender bus, INotifier notifier)
    {
        var late = new RecordFirstNotifier(notifier);
        return (new RecordFirstTable(table, late), late);
    }

    private static async Task<KillOutcome> OverFileAsync(KillPoint? point)
    {
        await using var tables = await TestTables.OpenAsync(sqlite: true);
        return await KillRun.RunAsync(tables.Table, point);
    }

    private static IEnumerable<KillPoint> Points(KillOutcome undisturbed) =>
        undisturbed.Calls.Where(c => c.Changes).SelectMany(c => new[] { new KillPoint(c.Call, false), new KillPoint(c.Call, true) });

    private static void Sound(KillPoint point, KillOutcome outcome, KillOutcome undisturbed)
    {
        Assert.True(outcome.HasKilled, $"{point}: it never came so far");
        var faults = outcome.Faults(undisturbed).ToList();
        Assert.True(faults.Count == 0, $"{point}:\n{string.Join('\n', faults)}");
    }
}
