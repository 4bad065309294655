using CsCheck;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>What mixed-up reports store in a SQLite file is what reports in order store in memory.</summary>
public sealed class ReportPropertiesOnSqlite
{
    [Fact]
    public Task Any_order_loss_and_doubling_of_reports_stores_the_same() => SampleAsync(table => table, samples: 4);

    [Fact]
    public async Task Catches_a_monitor_that_folds_events_again() => await Assert.ThrowsAsync<CsCheckException>(() =>
        SampleAsync(table => new ForgetfulTable(table, n => n with { Applied = default }), samples: 30));

    private static Task SampleAsync(Func<ITable, ITable> defect, int samples) => ReportProperties.Lives.SampleAsync(
        async life =>
        {
            await using var table = new SqliteTable(Path.Combine(TestRun.NewFolder("reports"), "state.db"), new TableOptions(), TimeProvider.System);
            await table.PrepareAsync(TestContext.Current.CancellationToken);
            await ReportProperties.CompareAsync(life.Life, life.Fate, _ => defect(table));
        },
        iter: samples,
        threads: 1);
}
