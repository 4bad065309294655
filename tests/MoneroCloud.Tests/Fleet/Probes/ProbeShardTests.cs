using System.Text;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A fleet that is too large for one run is probed shard by shard, over the bus.</summary>
public sealed class ProbeShardTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_to_300_nodes_are_probed_in_one_run_and_above_that_each_shard_is_a_message()
    {
        await using var peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        var nodes = Enumerable.Range(1, 40).Select(i => ProbeTargets.Remote($"n{i}", peer.Address)).ToArray();
        using var rig = new MonitorRig(policy: new MonitorPolicy().With(nodes));
        using var monitor = new ProbingMonitor(rig.NewMonitor());
        await TotalAsync(rig, 300);
        await monitor.TickAsync();
        Assert.Empty(rig.Bus.To(Names.ProbeShardsQueue));
        Assert.Equal(nodes.Length, peer.Requests.Count);

        rig.Time.Advance(TimeSpan.FromSeconds(60));
        await TotalAsync(rig, 301);
        Assert.IsType<TriggerResult.Done>(await monitor.TickAsync());
        var messages = rig.Bus.To(Names.ProbeShardsQueue).ToList();
        Assert.Equal(16, messages.DistinctBy(m => m.MessageId).Count());
        Assert.All(messages, m => Assert.Equal(rig.Policy.ProbePeriod, m.TimeToLive));
        Assert.Equal(nodes.Length, peer.Requests.Count);

        foreach (var message in messages)
        {
            Assert.IsType<TriggerResult.Done>(await monitor.TakeAsync(message.Body));
        }

        Assert.Equal(2 * nodes.Length, peer.Requests.Count);
        Assert.All(nodes, n => Assert.Equal(rig.Time.GetUtcNow(), rig.NodeAsync(n.Id).GetAwaiter().GetResult()!.Probe!.At));
        Assert.Equal(nodes.Length, (await FleetCountsReader.ReadAsync(rig.Table, Now)).Counts.Working);
    }

    [Fact]
    public async Task A_message_that_is_older_than_a_period_or_whose_shard_another_has_probes_nothing()
    {
        await using var peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        using var rig = new MonitorRig(policy: new MonitorPolicy().With(ProbeTargets.Remote("one", peer.Address)));
        using var monitor = new ProbingMonitor(rig.NewMonitor());
        var shard = Keys.Node(ProbeTargets.Id("remote.one")).Shard;
        byte[] Message(TimeSpan age) => Encoding.UTF8.GetBytes($$"""{"shard":{{shard.Number}},"tick":"{{rig.Time.GetUtcNow() - age:O}}"}""");

        Assert.IsType<TriggerResult.Done>(await monitor.TakeAsync(Message(TimeSpan.FromSeconds(61))));
        Assert.Empty(peer.Requests);
        var lease = await new Leases(rig.Table, rig.Time).TryTakeAsync(shard, "shard", "somebody else", TimeSpan.FromSeconds(45), Now);
        Assert.IsType<TriggerResult.Done>(await monitor.TakeAsync(Message(TimeSpan.FromSeconds(60))));
        Assert.Empty(peer.Requests);

        await new Leases(rig.Table, rig.Time).ReleaseAsync(lease!, Now);
        Assert.IsType<TriggerResult.Done>(await monitor.TakeAsync(Message(TimeSpan.FromSeconds(60))));
        Assert.Single(peer.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"shard\":16,\"tick\":\"2025-01-15T10:30:45Z\"}")]
    [InlineData("{\"shard\":-1,\"tick\":\"2025-01-15T10:30:45Z\"}")]
    [InlineData("{\"shard\":\"one\"}")]
    public async Task A_message_that_names_no_shard_is_refused_and_counted(string body)
    {
        using var rig = new MonitorRig();
        using var monitor = new ProbingMonitor(rig.NewMonitor());

        Assert.IsType<TriggerResult.Refused>(await monitor.TakeAsync(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(new Dictionary<string, long> { ["malformed"] = 1 }, await rig.RefusalsAsync());
    }

    [Fact]
    public async Task A_bus_that_is_away_fails_the_tick_and_a_store_that_is_away_too()
    {
        using var rig = new MonitorRig();
        await TotalAsync(rig, 400);
        var sent = 0;
        rig.Bus.Answer = _ => ++sent > 10 ? new BusSend.NotNow("away", TimeSpan.Zero) : new BusSend.Accepted();
        using var monitor = new ProbingMonitor(rig.NewMonitor());

        Assert.Equal("6 of 16 shards could not be sent to the bus", Assert.IsType<TriggerResult.Failed>(await monitor.TickAsync()).Reason);

        using var other = new ProbingMonitor(rig.NewMonitor() with { Table = new TableOutages(rig.Table, () => true) });
        Assert.IsType<TriggerResult.Failed>(await other.TickAsync());
        Assert.IsType<TriggerResult.Done>(await other.TakeAsync(rig.Bus.To(Names.ProbeShardsQueue).First().Body)); // Worth nothing later: the next tick comes by itself.
    }

    private static async Task TotalAsync(MonitorRig rig, int total)
    {
        foreach (var shard in Shard.All)
        {
            await Summaries.WriteAsync(rig.Table, shard, s => s with { Total = (total / Shard.Count) + (shard.Number < total % Shard.Count ? 1 : 0) }, Now);
        }
    }
}
