using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A host that is gone takes its agent and its nodes along: that is one alert. What the monitor's probe finds besides is told by itself.</summary>
public sealed class SilentProbeTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_is_gone_is_one_alert_however_many_of_its_nodes_are_probed()
    {
        await using var fleet = await ProbedFleet.StartAsync(agents: 1, nodes: 4);
        var agent = fleet.Agents[0];
        fleet.Aim(agent.Nodes.Take(3).Select(n => n.Id));
        fleet.Reporting.Clear();
        await fleet.RefuseAsync(agent.Name);

        await fleet.MinutesAsync(10);

        Assert.Equal(["host1 AgentSilent"], fleet.Rig.Told);
        Assert.EndsWith(
            "its 4 nodes are unknown, and 3 of them do not answer the monitor's probe either: look at its host and at its way to the bus",
            fleet.Rig.Notifier.Sent.Single().Alert.Text,
            StringComparison.Ordinal);
        Assert.Empty(await fleet.Rig.RowsAsync(Keys.Outbox));

        // Shown and counted is what is known: three are down, of the fourth nobody knows.
        Assert.Equal(
            [HealthState.Down, HealthState.Down, HealthState.Down, HealthState.Unknown],
            (await Task.WhenAll(agent.Nodes.Select(n => fleet.ViewAsync(n.Id)))).Select(v => v.State));
        Assert.Equal(new NodeCounts(0, 0, Failed: 3, Unknown: 1), (await FleetCountsReader.ReadAsync(fleet.Rig.Table, Now)).Counts);

        fleet.Reporting.Add(agent.Name);
        fleet.Answer(agent.Name, ProbeTargets.Healthy);
        await fleet.MinutesAsync(5);
        Assert.Equal(["host1 AgentSilent", "host1 AgentBack"], fleet.Rig.Told);
        Assert.Equal(new NodeCounts(Working: 4, 0, 0, 0), (await FleetCountsReader.ReadAsync(fleet.Rig.Table, Now)).Counts);
    }

    [Fact]
    public async Task A_node_that_still_does_not_answer_when_its_agent_is_back_is_told_then()
    {
        await using var fleet = await ProbedFleet.StartAsync(agents: 1, nodes: 2);
        fleet.Reporting.Clear();
        await fleet.RefuseAsync(fleet.Agents[0].Name);
        await fleet.MinutesAsync(10);
        Assert.Equal(["host1 AgentSilent"], fleet.Rig.Told);

        fleet.Reporting.Add(fleet.Agents[0].Name);
        await fleet.MinutesAsync(4);

        Assert.Equal(["host1 AgentBack", "host1 AgentSilent", "host1.node1 Degraded", "host1.node2 Degraded"], fleet.Rig.Told.Order(StringComparer.Ordinal));
        Assert.Equal(Condition.Unreachable, (await fleet.Rig.NodeAsync(fleet.Agents[0].Node.Id))!.Health.Condition);
    }

    [Fact]
    public async Task A_node_that_answered_after_its_agents_last_word_has_an_outage_of_its_own()
    {
        await using var fleet = await ProbedFleet.StartAsync(agents: 1, nodes: 2);
        fleet.Reporting.Clear();
        await fleet.MinutesAsync(10);
        Assert.Equal(["host1 AgentSilent"], fleet.Rig.Told);
        Assert.All(await Task.WhenAll(fleet.Agents[0].Nodes.Select(n => fleet.ViewAsync(n.Id))), v => Assert.Equal((HealthState.Unknown, Condition.AgentSilent), (v.State, v.Condition)));

        await fleet.RefuseAsync(fleet.Agents[0].Name);
        await fleet.MinutesAsync(4);

        Assert.Equal(["host1 AgentSilent", "host1.node1 Down", "host1.node2 Down"], fleet.Rig.Told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wrong_answer_is_told_though_the_agent_is_silent()
    {
        await using var fleet = await ProbedFleet.StartAsync(agents: 1, nodes: 1);
        fleet.Reporting.Clear();
        await fleet.RefuseAsync(fleet.Agents[0].Name);
        fleet.Answer(fleet.Agents[0].Name, Play.Once("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));

        await fleet.MinutesAsync(10);

        Assert.Contains("host1.node1 Down", fleet.Rig.Told);
        Assert.Equal(Condition.BadAnswer, (await fleet.ViewAsync(fleet.Agents[0].Node.Id)).Condition);
    }

    [Fact]
    public async Task While_its_agent_reports_an_unreachable_node_is_told_with_the_next_report()
    {
        await using var fleet = await ProbedFleet.StartAsync(agents: 1, nodes: 1);
        await fleet.RefuseAsync(fleet.Agents[0].Name);

        await fleet.MinutesAsync(2);
        Assert.Equal(Condition.Unreachable, (await fleet.Rig.NodeAsync(fleet.Agents[0].Node.Id))!.Health.Condition);
        Assert.Empty(fleet.Rig.Told);

        await fleet.MinutesAsync(1);
        Assert.Equal(["host1.node1 Degraded"], fleet.Rig.Told);

        fleet.Answer(fleet.Agents[0].Name, ProbeTargets.Healthy);
        await fleet.MinutesAsync(3);
        Assert.Equal(["host1.node1 Degraded", "host1.node1 Recovered"], fleet.Rig.Told);
    }

    [Fact]
    public void A_node_that_answers_again_before_its_agent_spoke_was_not_restarted()
    {
        var at = Given.Now;
        var seen = new ObservedEvidence(1, at, 0, VerdictRow.After(null, Health.Unseen(at), Given.Wallet.Diagnosed(), at), HostEvidence.Of(Given.Wallet));
        var healthy = NodeRecord.New(ProbeTargets.Id("home.main"), NodeKind.WalletRpc, at) with { Host = new HostSighting(1, seen, at) };
        NodeChange Probed(NodeChange change, ApiAnswer answer) => NodeFold.Probe(NodeChange.None(change.Next), answer, at += TimeSpan.FromSeconds(60), new FoldContext
        {
            Now = at,
            SilentAfter = TimeSpan.FromHours(1),
            ProbeUrl = new Uri("http://127.0.0.1:1/json_rpc"),
        });
        var answered = Given.Answered(Given.WalletVersion, new WalletAnswer.NotAsked());

        var failed = new[] { answered, answered, Given.Refused, Given.Refused, Given.Refused }.Aggregate(NodeChange.None(healthy), Probed);
        Assert.Equal((HealthState.Down, AgentWord.Awaited), (failed.Next.Outage!.State, failed.Next.Outage.Agent));
        var back = new[] { answered, answered }.Aggregate(failed, Probed);

        Assert.Equal(HealthState.Up, back.Next.Health.State);
        Assert.Empty(back.Alerts);
        Assert.Equal([failed.Next.Outage.AlertId!], back.Cancelled);
    }
}
