using System.Net.Sockets;
using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>
/// A monitor whose own network is away: nothing answers it and nobody reports. With a self-check that is one alert about the monitor, however many
/// nodes and agents there are; without, everything that it hears no more is alerted.
/// </summary>
public sealed class OfflineTests
{
    private const int Nodes = 24;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_nodes_that_are_probed_none_is_called_down(bool selfCheck)
    {
        using var fleet = new Remotes(selfCheck);
        await fleet.PassAsync(3, Remotes.TickAsync);
        Assert.Empty(fleet.Rig.Told);

        fleet.Offline();
        await fleet.PassAsync(5, Remotes.TickAsync);

        await fleet.MustBeOfflineAsync(selfCheck);
    }

    /// <summary>Each shard has a tick of its own, and looks at the network itself.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_each_shard_has_its_own_tick_too(bool selfCheck)
    {
        using var fleet = new Remotes(selfCheck);
        await fleet.PassAsync(3, Remotes.ShardTicksAsync);
        Assert.Empty(fleet.Rig.Told);

        fleet.Offline();
        await fleet.PassAsync(5, Remotes.ShardTicksAsync);

        await fleet.MustBeOfflineAsync(selfCheck);
    }

    [Fact]
    public async Task When_it_is_back_that_is_told_once_and_what_still_fails_is_called_down_then()
    {
        using var fleet = new Remotes(selfCheck: true);
        await fleet.PassAsync(3, Remotes.TickAsync);
        var began = fleet.Rig.Time.GetUtcNow();
        fleet.Offline();
        await fleet.PassAsync(5, Remotes.TickAsync);

        fleet.Online(answering: Nodes - 2);
        var back = fleet.Rig.Time.GetUtcNow();
        await fleet.PassAsync(4, Remotes.TickAsync);

        Assert.Equal(["monitor MonitorInDoubt", "monitor Recovered", "remote.n23 Down", "remote.n24 Down"], fleet.Rig.Told.Order(StringComparer.Ordinal));
        var history = await fleet.Rig.HistoryAsync(NodeId.Monitor);
        Assert.Equal([HealthState.Unknown, HealthState.Up], history.Select(e => e.Transition!.To));
        Assert.Equal([began, back], history.Select(e => e.At)); // In between nothing was known.
        Assert.Empty(await fleet.Rig.RowsAsync("v|doubt"));
    }

    /// <summary>What answers is believed, whatever the self-check says: its targets may be elsewhere than the nodes.</summary>
    [Fact]
    public async Task A_node_that_answers_works_again_although_the_self_check_fails()
    {
        using var fleet = new Remotes(selfCheck: true);
        await fleet.PassAsync(3, Remotes.TickAsync);
        fleet.Online(answering: Nodes - 1);
        await fleet.PassAsync(3, Remotes.TickAsync);
        Assert.Equal(["remote.n24 Down"], fleet.Rig.Told);

        fleet.Online(answering: Nodes);
        fleet.StopTarget();
        await fleet.PassAsync(3, Remotes.TickAsync);

        Assert.Equal(["monitor MonitorInDoubt", "remote.n24 Down", "remote.n24 Recovered"], fleet.Rig.Told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_agent_is_called_silent_by_a_monitor_that_hears_nobody(bool selfCheck)
    {
        using var fleet = new Remotes(selfCheck);
        NodeName[] names = [NodeName.Parse("one"), NodeName.Parse("two"), NodeName.Parse("three")];
        var agents = names.Select(n => new SimulatedAgent(n, Given.Now, "main")).ToList();
        await fleet.Rig.EnrolAsync(names);
        await ReportAsync(fleet.Rig, agents);

        fleet.StopTarget();
        await fleet.Rig.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(selfCheck ? [] : ["one AgentSilent", "three AgentSilent", "two AgentSilent"], fleet.Rig.Told.Order(StringComparer.Ordinal));
        if (!selfCheck)
        {
            return;
        }

        // It is back: whoever reports in time was never silent, and who does not is.
        fleet.StartTarget();
        await fleet.Rig.PassAsync(TimeSpan.FromMinutes(2));
        await ReportAsync(fleet.Rig, agents[..2]);
        await fleet.Rig.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["three AgentSilent"], fleet.Rig.Told);
    }

    private static async Task ReportAsync(MonitorRig rig, List<SimulatedAgent> agents)
    {
        foreach (var agent in agents)
        {
            agent.Now = rig.Time.GetUtcNow();
            agent.Node.Healthy();
            await rig.TakeAsync(agent);
        }
    }

    /// <summary>Nodes without an agent, of which nobody but the monitor knows, at two addresses: most at one, the last ones may be elsewhere.</summary>
    private sealed class Remotes : IDisposable
    {
        private readonly ScriptedHttpPeer _peer = ScriptedHttpPeer.Start(ProbeTargets.Healthy);
        private readonly int _port;
        private TcpListener? _target = SelfCheckTests.Listener();

        public Remotes(bool selfCheck)
        {
            _port = ((System.Net.IPEndPoint)_target!.LocalEndpoint).Port;
            Rig.Policy = Rig.Policy with { SelfCheckTargets = selfCheck ? [SelfCheckTests.Target(_target)] : [] };
            Online(Nodes);
        }

        public MonitorRig Rig { get; } = new();

        public static async Task TickAsync(ProbingMonitor monitor) => Assert.IsType<TriggerResult.Done>(await monitor.TickAsync());

        public static async Task ShardTicksAsync(ProbingMonitor monitor)
        {
            foreach (var shard in Shard.All)
            {
                var message = JsonSerializer.SerializeToUtf8Bytes(new ShardMessage(shard.Number, Given.Now.AddYears(1)), MonitorJson.Default.ShardMessage);
                Assert.IsType<TriggerResult.Done>(await monitor.TakeAsync(message));
            }
        }

        public void Online(int answering)
        {
            StartTarget();
            var nobody = ProbeTargets.Nobody();
            Rig.Policy = Rig.Policy.With([.. Enumerable.Range(1, Nodes).Select(i => ProbeTargets.Remote($"n{i}", i <= answering ? _peer.Address : nobody))]);
        }

        public void Offline()
        {
            Online(answering: 0);
            StopTarget();
        }

        public void StartTarget() => _target ??= SelfCheckTests.Listener(_port);

        public void StopTarget()
        {
            _target?.Dispose();
            _target = null;
        }

        /// <summary>Minute by minute.</summary>
        public async Task PassAsync(int minutes, Func<ProbingMonitor, Task> tick)
        {
            for (var i = 0; i < minutes; i++)
            {
                using var monitor = new ProbingMonitor(Rig.NewMonitor() with { Time = new StoppedTimers(Rig.Time) });
                await tick(monitor);
                await Rig.DeliverAsync();
                await Rig.PassAsync(TimeSpan.FromSeconds(60));
            }
        }

        public async Task MustBeOfflineAsync(bool selfCheck)
        {
            if (!selfCheck)
            {
                // The negative: all of them are of no agent, so nothing else holds them back.
                Assert.Equal(Nodes, Rig.Told.Count(t => t.EndsWith(" Down", StringComparison.Ordinal)));
                return;
            }

            Assert.Equal(["monitor MonitorInDoubt"], Rig.Told);
            Assert.StartsWith("1 of 1 self-check targets failed: tcp://127.0.0.1:", Rig.Notifier.Sent.Single().Alert.Text, StringComparison.Ordinal);
            for (var i = 1; i <= Nodes; i++)
            {
                var node = (await Rig.NodeAsync(ProbeTargets.Id($"remote.n{i}")))!;
                Assert.Equal((HealthState.Up, null), (node.Health.State, node.Outage));
            }
        }

        public void Dispose()
        {
            StopTarget();
            _peer.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Rig.Dispose();
        }
    }
}
