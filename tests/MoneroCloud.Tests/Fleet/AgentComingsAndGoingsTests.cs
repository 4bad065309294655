using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Fleet;

/// <summary>Agents that fall silent and come back, nodes that leave an inventory and come back.</summary>
public sealed class AgentComingsAndGoingsTests
{
    [Fact]
    public async Task An_agent_that_was_silent_and_reports_again_is_told_of_once_each()
    {
        using var scenario = await Scenario.BeginAsync();
        await scenario.AfterAsync(30);
        Assert.Empty(scenario.Told);

        await scenario.SilenceAsync(240);
        Assert.Equal([AlertKind.AgentSilent], scenario.Told);
        Assert.NotNull((await scenario.Rig.AgentAsync(MonitorRig.Home)).SilentSince);
        Assert.NotNull(await scenario.Rig.Table.ReadAsync(Keys.NotUpOf("home"), TestContext.Current.CancellationToken));

        await scenario.AfterAsync(1, n => n.Healthy());
        await scenario.AfterAsync(1, n => n.Healthy());
        Assert.Equal([AlertKind.AgentSilent, AlertKind.AgentBack], scenario.Told);
        Assert.Null((await scenario.Rig.AgentAsync(MonitorRig.Home)).SilentSince);
        Assert.Null(await scenario.Rig.Table.ReadAsync(Keys.NotUpOf("home"), TestContext.Current.CancellationToken));

        await scenario.SilenceAsync(240);
        await scenario.AfterAsync(1, n => n.Healthy());
        Assert.Equal([AlertKind.AgentSilent, AlertKind.AgentBack, AlertKind.AgentSilent, AlertKind.AgentBack], scenario.Told);
    }

    [Fact]
    public async Task A_node_that_leaves_the_inventory_is_removed_with_what_was_still_to_be_told_and_its_history_stays()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node", "second");
        agent.Nodes.ForEach(n => n.Healthy());
        await rig.TakeAsync(agent);
        var leaving = agent.Nodes[1];
        leaving.Kill();
        var late = agent.Report();
        await rig.TakeAsync(agent);
        Assert.Contains(await rig.RowsAsync(Keys.Outbox), r => r.Doc.Contains("home.second", StringComparison.Ordinal));
        Assert.Equal(2, await TotalAsync(rig));

        agent.Nodes.Remove(leaving);
        await rig.TakeAsync(agent);

        Assert.Null(await rig.NodeAsync(leaving.Id));
        Assert.Null(await rig.Table.ReadAsync(Keys.NotUpOf(leaving.Id.ToString()), TestContext.Current.CancellationToken));
        Assert.NotEmpty(await rig.HistoryAsync(leaving.Id.ToString()));
        Assert.Equal(1, await TotalAsync(rig));

        // An older report that is still on its way brings nothing back.
        await rig.TakeAsync(late);
        await rig.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Null(await rig.NodeAsync(leaving.Id));
        Assert.Empty(rig.Told);

        // The same name declared again is a new node, whose history goes on.
        agent.Nodes.Add(leaving);
        leaving.Spawn();
        await rig.TakeAsync(agent);
        Assert.Equal(leaving.Pid, (await rig.NodeAsync(leaving.Id))!.Identity!.Pid);
        Assert.Equal(2, await TotalAsync(rig));
    }

    [Fact]
    public async Task No_node_is_removed_because_its_state_had_no_room_in_the_report()
    {
        using var rig = new MonitorRig();
        await rig.EnrolAsync(MonitorRig.Home);
        var agent = new SimulatedAgent(MonitorRig.Home, Given.Now, "main-node", "second");
        await rig.TakeAsync(agent);
        var report = agent.Report();

        await rig.TakeAsync(report with { Nodes = [] });

        Assert.Equal(2, (await rig.RowsAsync(Keys.Nodes)).Count);
    }

    private static async Task<int> TotalAsync(MonitorRig rig)
    {
        var total = 0;
        foreach (var row in await rig.RowsAsync("s|summary"))
        {
            total += Documents.Read(row, MonitorJson.Default.ShardSummary).Value.Total;
        }

        return total;
    }
}
