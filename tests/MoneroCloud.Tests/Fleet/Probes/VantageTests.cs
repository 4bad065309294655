using MoneroCloud.Core;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>Most nodes of several agents failing at once says something about the observer: nothing is concluded, and one alert tells of it.</summary>
public sealed class VantageTests
{
    [Fact]
    public async Task When_most_nodes_of_several_agents_fail_at_once_none_of_them_is_called_down()
    {
        await using var fleet = await ProbedFleet.StartAsync(agents: 3, nodes: 3);
        var nodes = fleet.Agents.SelectMany(a => a.Nodes).ToList();
        await fleet.RefuseAsync(fleet.Agents[0].Name);
        await fleet.RefuseAsync(fleet.Agents[1].Name);

        await fleet.MinutesAsync(4);

        Assert.Equal(["monitor MonitorInDoubt"], fleet.Rig.Told);
        Assert.Contains("6 of 9 nodes of 2 agents", fleet.Rig.Notifier.Sent.Single().Alert.Text, StringComparison.Ordinal);
        foreach (var node in nodes)
        {
            var record = (await fleet.Rig.NodeAsync(node.Id))!;
            Assert.Equal((HealthState.Up, null), (record.Health.State, record.Outage));
            Assert.DoesNotContain(await fleet.Rig.HistoryAsync($"{node.Id}"), e => e.Transition?.To is HealthState.Down or HealthState.Degraded);
        }

        fleet.Answer(fleet.Agents[0].Name, ProbeTargets.Healthy);
        fleet.Answer(fleet.Agents[1].Name, ProbeTargets.Healthy);
        await fleet.MinutesAsync(3);
        Assert.Equal(["monitor MonitorInDoubt", "monitor Recovered"], fleet.Rig.Told);
    }

    [Fact]
    public async Task A_doubt_that_the_next_tick_does_not_share_is_not_told()
    {
        await using var fleet = await ProbedFleet.StartAsync(agents: 2, nodes: 2);
        await fleet.RefuseAsync(fleet.Agents[0].Name);
        await fleet.RefuseAsync(fleet.Agents[1].Name);
        await fleet.MinutesAsync(1);
        Assert.Single(await fleet.Rig.RowsAsync("v|doubt"));

        fleet.Answer(fleet.Agents[0].Name, ProbeTargets.Healthy);
        fleet.Answer(fleet.Agents[1].Name, ProbeTargets.Healthy);
        await fleet.MinutesAsync(5);

        Assert.Empty(fleet.Rig.Told);
        Assert.Empty(await fleet.Rig.RowsAsync("v|doubt"));
        Assert.Empty(await fleet.Rig.RowsAsync(Keys.Outbox));
    }

    /// <summary>The negative: one agent alone, or a minority, is about them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_fails_with_one_agent_only_is_believed(int agents)
    {
        await using var fleet = await ProbedFleet.StartAsync(agents, nodes: 2);
        await fleet.RefuseAsync(fleet.Agents[0].Name);

        await fleet.MinutesAsync(4);

        Assert.Equal(["host1.node1 Degraded", "host1.node2 Degraded"], fleet.Rig.Told.Order(StringComparer.Ordinal));
    }
}
