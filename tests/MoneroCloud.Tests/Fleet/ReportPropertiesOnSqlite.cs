using CsCheck;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;
using Xunit.Sdk;

namespace MoneroCloud.Tests.Fleet;

/// <summary>What mixed-up reports store in a SQLite file is what reports in order store in memory.</summary>
public sealed class ReportPropertiesOnSqlite
{
    [Fact]
    public Task Any_order_loss_and_doubling_of_reports_stores_the_same() =>
        ReportProperties.Lives.SampleAsync(async life => await CompareAsync(life.Life, life.Fate, table => table), iter: 4, threads: 1, print: ReportProperties.Whole);

    [Fact]
    public async Task Catches_a_monitor_that_folds_events_again()
    {
        LifeStep[] life = [.. Enumerable.Range(1, 6).Select(i => new LifeStep(i % 3 == 0 ? "healthy" : "killed and spawned", i))];
        var found = false;
        for (var n = 1; n <= 20 && !found; n++)
        {
            int[] fate = [.. Enumerable.Range(1, 40).Select(i => i * n * 7919 % 5040)];
            Assert.False(await DiffersAsync(life, fate, table => table));
            found = await DiffersAsync(life, fate, table => new ForgetfulTable(table, node => node with { Applied = default }));
        }

        Assert.True(found);
    }

    private static async Task<bool> DiffersAsync(LifeStep[] life, int[] fate, Func<ITable, ITable> defect)
    {
        try
        {
            await CompareAsync(life, fate, defect);
            return false;
        }
        catch (TrueException)
        {
            return true;
        }
    }

    private static async Task CompareAsync(LifeStep[] life, int[] fate, Func<ITable, ITable> defect)
    {
        await using var table = new SqliteTable(Path.Combine(TestRun.NewFolder("reports"), "state.db"), new TableOptions(), TimeProvider.System);
        await table.PrepareAsync(TestContext.Current.CancellationToken);
        await ReportProperties.CompareAsync(life, fate, _ => defect(table));
    }
}
