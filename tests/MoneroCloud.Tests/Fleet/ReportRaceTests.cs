using System.Globalization;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Storage;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>Several instances take reports in at one time, and reports are larger than one write.</summary>
public sealed class ReportRaceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_writers_of_one_node_store_what_one_after_the_other_would(bool olderWins) =>
        Assert.Equal(await InOrderAsync(), await RacingAsync(olderWins, table => table));

    [Fact]
    public async Task Catches_a_table_that_lets_the_slower_writer_overwrite() =>
        Assert.NotEqual(await InOrderAsync(), await RacingAsync(olderWins: false, table => new TableWithoutVersions(table, 1)));

    [Fact]
    public async Task Every_first_commit_of_every_row_may_lose()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var losing = new LosingTable(rig.Table, (_, nth) => nth == 1);
        rig.Table = losing;

        foreach (var report in Reports())
        {
            Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(report));
        }

        Assert.InRange(losing.Lost, 3, 100);
        Assert.Equal(await InOrderAsync(), await Storyline.OfAsync(rig));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_node_that_loses_every_race_holds_up_none_of_the_99_others_and_nothing_is_acked(bool plain)
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = Fleet(100);
        await TellAsync(rig, agent);
        var acks = rig.Bus.AcksTo(agent.Name).Count();
        var unlucky = Keys.Node(agent.Nodes[42].Id);
        var loses = true;
        rig.Table = new LosingTable(rig.Table, (key, _) => loses && key == unlucky);
        Live(agent, plain);
        var report = agent.Report();

        Assert.IsType<TriggerResult.Failed>(await rig.TakeAsync(report));
        Assert.Equal(99, await AsToldAsync(rig, agent, plain));
        Assert.Equal(acks, rig.Bus.AcksTo(agent.Name).Count());

        loses = false;
        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(report));
        Assert.Equal(100, await AsToldAsync(rig, agent, plain));
        Assert.Equal(agent.Position, (await rig.AgentAsync(agent.Name)).Stored);
    }

    [Fact]
    public async Task More_than_fits_into_one_commit_is_stored_in_several()
    {
        const int Events = 300;
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var table = new LosingTable(rig.Table, (_, _) => false);
        rig.Table = table;
        var agent = Fleet(1);
        for (var i = 0; i < Events; i++)
        {
            agent.Add(agent.Node.Name, new NodeFact.WalletOpened(i));
            agent.Add(null, new NodeFact.OrderRefused(null, "it is no order"));
        }

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(agent));

        Assert.Equal(Enumerable.Range(0, Events).Select(i => (long)i), (await rig.HistoryAsync(agent.Node.Id.ToString())).Select(e => e.Fact).OfType<NodeFact.WalletOpened>().Select(f => f.AfterMs).Order());
        Assert.Equal(Events, (await rig.HistoryAsync(agent.Name.ToString())).Count);
        Assert.Equal(agent.Position.N, agent.Acked);
        Assert.InRange(table.Committed.Count, 6, 20);
        Assert.InRange(table.Committed.Max(), 50, CommitBounds.MaxRows);
    }

    [Fact]
    public async Task Two_hundred_nodes_are_taken_in_quickly()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = Fleet(200);
        var times = new List<string>();
        foreach (var (what, plain) in new[] { ("new", true), ("unchanged", true), ("unchanged", true), ("each with an exit and a start", false) })
        {
            Live(agent, plain);
            var began = TimeProvider.System.GetTimestamp();
            var reports = await TellAsync(rig, agent, plain ? 60 : 400);
            var took = TimeProvider.System.GetElapsedTime(began);
            Assert.Equal(200, await AsToldAsync(rig, agent, plain));
            Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            times.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {took.TotalMilliseconds:0} ms in {reports} reports"));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"200 nodes: {string.Join(", ", times)}");
    }

    /// <summary>A node that works, is killed, and is started again: as three reports, each with what was not acked.</summary>
    private static Report[] Reports()
    {
        var agent = Fleet(1);
        agent.Node.Healthy();
        var first = agent.Report();
        agent.Node.Kill();
        var second = agent.Report();
        agent.Now += TimeSpan.FromSeconds(2);
        agent.Node.Spawn();
        return [first, second, agent.Report()];
    }

    private static async Task<SortedDictionary<string, string>> InOrderAsync()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        foreach (var report in Reports())
        {
            await rig.TakeAsync(report);
        }

        return await Storyline.OfAsync(rig);
    }

    /// <summary>The second and the third report are read at one time, and the one of them is written while the other is being folded.</summary>
    private static async Task<SortedDictionary<string, string>> RacingAsync(bool olderWins, Func<ITable, ITable> defect)
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var reports = Reports();
        await rig.TakeAsync(reports[0]);
        var (table, faster, slower) = (rig.Table, reports[olderWins ? 1 : 2], reports[olderWins ? 2 : 1]);
        rig.Table = new RivalTable(defect(table), async () =>
        {
            await new ReportsTrigger(rig.NewMonitor() with { Table = table }, new Dispatcher(rig.NewMonitor() with { Table = table }))
                .InvokeAsync(new TriggerCall.Bus(rig.Signed(faster), "m", 1, null), TestContext.Current.CancellationToken);
        });

        Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(slower));
        rig.Table = table;
        return await Storyline.OfAsync(rig);
    }

    private static SimulatedAgent Fleet(int nodes)
    {
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, [.. Enumerable.Range(0, nodes).Select(i => $"node-{i}")]);
        foreach (var node in agent.Nodes)
        {
            node.Healthy();
            node.Healthy();
        }

        return agent;
    }

    /// <summary>All that the agent has to say, in reports as large as the bus takes them: each with the oldest events, the nodes spread over them.</summary>
    private static async Task<int> TellAsync(MonitorRig rig, SimulatedAgent agent, int eventsEach = 60)
    {
        const int NodesEach = 75;
        var reports = 0;
        for (var more = true; more;)
        {
            for (var from = 0; from < agent.Nodes.Count; from += NodesEach, reports++)
            {
                var report = agent.Report(eventsEach);
                Assert.IsType<TriggerResult.Done>(await rig.TakeAsync(report with { Nodes = [.. report.Nodes.Skip(from).Take(NodesEach)] }));
                more = report.More;
            }

            agent.TakeAcks(rig.Bus.AcksTo(agent.Name));
        }

        return reports;
    }

    private static void Live(SimulatedAgent agent, bool plain)
    {
        agent.Now += TimeSpan.FromSeconds(10);
        foreach (var node in agent.Nodes)
        {
            if (plain)
            {
                node.Healthy();
            }
            else
            {
                node.Kill();
                node.Spawn();
            }
        }
    }

    /// <summary>So many nodes are stored as the agent has them now.</summary>
    private static async Task<int> AsToldAsync(MonitorRig rig, SimulatedAgent agent, bool plain)
    {
        var count = 0;
        foreach (var node in agent.Nodes)
        {
            var stored = await rig.NodeAsync(node.Id);
            count += stored is { Host: { } host } && host.Seen == node.Reported().Seen && stored.Identity?.Pid == node.Pid && (plain || stored.Applied.N > 0) ? 1 : 0;
        }

        return count;
    }
}
