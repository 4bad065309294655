using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Several monitors on one table decide at the same time: together they restart no more than the budget, and no life twice.</summary>
public sealed class BudgetRaceTests(ITestOutputHelper output)
{
    private const int Agents = 12;

    [Fact]
    public async Task Monitors_that_decide_at_once_keep_the_budget_together_and_order_each_life_once()
    {
        var (orders, fleets) = (0, 0);
        for (var nodes = 1; nodes <= 4; nodes++)
        {
            for (var monitors = 2; monitors <= 4; monitors++, fleets++)
            {
                var found = await RaceAsync(nodes, monitors, table => table);
                Assert.Equal(RestartPolicy.Default.Allowed(Agents * nodes), found.Count);
                Assert.Equal(found.Count, found.Select(o => o.Identity).Distinct().Count());
                orders += found.Count;
            }
        }

        output.WriteLine($"{orders} orders in {fleets} fleets of up to {Agents * 4} nodes: none over the budget");
    }

    [Fact]
    public async Task Catches_a_budget_that_is_written_without_compare_and_set()
    {
        var over = 0;
        for (var i = 0; i < 5; i++)
        {
            over += (await RaceAsync(2, 3, table => new BlindBudgetTable(table))).Count > RestartPolicy.Default.Allowed(Agents * 2) ? 1 : 0;
        }

        output.WriteLine($"{over} of 5 fleets over the budget");
        Assert.True(over > 0, "the defect was not noticed");
    }

    /// <summary>All nodes hang; each agent's report goes to every monitor, all at once.</summary>
    private static async Task<IReadOnlyList<Order>> RaceAsync(int nodes, int monitors, Func<ITable, ITable> table)
    {
        using var fleet = await RemedyFleet.BeginAsync(Agents, nodes, new MonitorRig(table(new YieldingTable(new MemoryTable()))));
        await fleet.AfterAsync(10, n => n.Hung());
        fleet.Rig.Time.Advance(TimeSpan.FromSeconds(10));
        var reports = fleet.Agents.Select(agent =>
        {
            agent.Now = fleet.Rig.Time.GetUtcNow();
            agent.Nodes.ForEach(n => n.Hung());
            return fleet.Rig.Signed(agent.Report());
        }).ToList();
        var triggers = Enumerable.Range(0, monitors).Select(_ => fleet.Rig.Reports()).ToList();
        await fleet.Rig.Time.RunAsync(Task.WhenAll(
            from trigger in triggers from report in reports select Task.Run(() => trigger.InvokeAsync(new TriggerCall.Bus(report, "m", 1, null), TestContext.Current.CancellationToken))));
        return fleet.Orders;
    }

    /// <summary>Gives way at each call, so that what is done at once is really mixed up.</summary>
    private sealed class YieldingTable(ITable table) : PassingTable(table)
    {
        public override async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
        {
            var row = await base.ReadAsync(key, cancellationToken);
            await Task.Yield();
            return row;
        }

        public override async Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return await base.CommitAsync(changes, cancellationToken);
        }
    }

    /// <summary>A defect: the budget's row is written over whatever is there.</summary>
    private sealed class BlindBudgetTable(ITable table) : PassingTable(table)
    {
        public override Task<CommitResult> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken) =>
            base.CommitAsync([.. changes.Select(c => c.Key == Keys.RestartBudget && c.Written is { } row ? new RowChange.Put(row) : c)], cancellationToken);
    }
}
