using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>A report that comes after a newer one.</summary>
public sealed class LateReportTests
{
    [Fact]
    public async Task Says_nothing_of_what_its_node_is_now() => Assert.Equal([AlertKind.Restarted], await ToldAsync(table => table));

    [Fact]
    public async Task Catches_a_monitor_that_takes_an_older_report_for_the_newest() =>
        Assert.Empty(await ToldAsync(table => new ForgetfulTable(table, n => n with { Reported = default })));

    /// <summary>A node is enabled again, then a report comes from when it was not; and then it is killed and started again.</summary>
    private static async Task<AlertKind[]> ToldAsync(Func<ITable, ITable> defect)
    {
        using var scenario = await Scenario.BeginAsync();
        await scenario.AfterAsync(1, n => n.Order("disable"));
        await scenario.AfterAsync(1, n => n.Kill(15, expected: true));
        var late = scenario.Agent.Report();
        await scenario.AfterAsync(1, n => n.Order("enable"));
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.RecoverAsync();
        scenario.Rig.Table = defect(scenario.Rig.Table);

        await scenario.Rig.TakeAsync(late);
        await scenario.AfterAsync(1, n => n.Kill());
        await scenario.AfterAsync(1, n => n.Spawn());
        await scenario.AfterAsync(2, n => n.Healthy());
        await scenario.AfterAsync(2, n => n.Healthy());
        await scenario.AfterAsync(60);
        return scenario.Told;
    }
}
