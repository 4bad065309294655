using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests.Api;

/// <summary><c>POST /api/nodes/check</c>: all nodes, each by what was seen of it now.</summary>
public sealed class FleetCheckTests
{
    [Fact]
    public async Task Each_node_is_told_by_what_was_seen_now_and_the_rest_as_it_is_stored()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var good = ScriptedHttpPeer.Start(Play.Answers(Play.Answer(Play.VersionJson)));
        await using var api = await ApiUnderTest.StartAsync(ApiSetup.InRealTime
            .WithTarget(StoredFleet.Id("remote.good"), good.Address, kind: NodeKind.WalletRpc)
            .WithTarget(StoredFleet.Id("remote.dead"), new Uri($"http://127.0.0.1:{FreePort.Next()}"), kind: NodeKind.WalletRpc));
        await api.StoreAsync(StoredFleet.Agent("host", now, "main", "off"));
        await api.StoreAsync(
            StoredFleet.Node("remote.good", HealthState.Down, Condition.Unresponsive, now) with { WalletDeclared = false },
            StoredFleet.Node("remote.dead", now: now),
            StoredFleet.Node("host.main", HealthState.Degraded, Condition.Busy, now),
            StoredFleet.Node("host.off", now: now) with { Available = false });

        var summary = (await api.PostAsync("/api/nodes/check?wait=0", ApiSetup.Viewer)).Read(ApiJson.Default.CheckSummary);

        Assert.Equal(
            [("host.main", true, HealthState.Degraded), ("host.off", false, HealthState.Disabled), ("remote.dead", false, HealthState.Down), ("remote.good", true, HealthState.Up)],
            summary.Nodes.Select(n => (n.Id, n.Status, n.State)));
        Assert.Equal((3, 2, 1, 1, 0), (summary.Total, summary.Working, summary.Degraded, summary.Failed, summary.Unknown));
        var order = await api.NextOrderAsync();
        Assert.Equal($"not checked: no answer of its agent in time, order {order.Id} goes on; before: explained as Busy", summary.Nodes[0].Message);
        Assert.Equal(0, api.Bus.Count);
    }

    [Fact]
    public async Task A_fleet_without_nodes_has_nothing_to_check()
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal("""{"total":0,"working":0,"degraded":0,"failed":0,"unknown":0,"nodes":[]}""", (await api.PostAsync("/api/nodes/check")).Text);
    }
}
