using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A daemon among all that the monitor knows: those of other agents, and those it probes itself, over real connections.</summary>
public sealed class FleetChainTests
{
    private const long Height = 3_210_006;

    private static readonly NodeName Other = NodeName.Parse("yard");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Two remote daemons and the agent's own on one chain, the daemon of another agent on another: nobody could tell alone.</summary>
    [Fact]
    public async Task A_fork_is_found_across_agents_and_remote_daemons()
    {
        await using var fleet = new Daemons();
        await fleet.Rig.EnrolAsync(MonitorRig.Home, Other);
        for (var round = 1; round <= 3; round++)
        {
            await fleet.RoundAsync(('a', 'a'), (MonitorRig.Home, 'a'), (Other, 'b'));
        }

        await fleet.MustBeAsync("yard.chain", HealthState.Down, Condition.DaemonForked);
        await fleet.MustSayAsync("yard.chain", "at height 3210000 its block has another hash than the majority of the 3 other daemons");
        foreach (var right in (string[])["remote.one", "remote.two", "home.chain"])
        {
            await fleet.MustBeAsync(right, HealthState.Up, Condition.Healthy);
        }

        await fleet.Rig.DeliverAsync();
        Assert.Equal(["yard.chain Down"], fleet.Rig.Told);

        // It is reorganised onto the chain of the others.
        for (var round = 1; round <= 2; round++)
        {
            await fleet.RoundAsync(('a', 'a'), (MonitorRig.Home, 'a'), (Other, 'a'));
        }

        await fleet.MustBeAsync("yard.chain", HealthState.Up, Condition.Healthy);
    }

    [Fact]
    public async Task A_remote_daemon_is_compared_too()
    {
        await using var fleet = new Daemons();
        await fleet.Rig.EnrolAsync(MonitorRig.Home, Other);
        for (var round = 1; round <= 3; round++)
        {
            await fleet.RoundAsync(('b', 'a'), (MonitorRig.Home, 'a'), (Other, 'a'));
        }

        await fleet.MustBeAsync("remote.one", HealthState.Down, Condition.DaemonForked);
        await fleet.MustBeAsync("remote.two", HealthState.Up, Condition.Healthy);
    }

    [Fact]
    public async Task Who_is_behind_the_median_of_the_fleet_is_stalled()
    {
        await using var fleet = new Daemons();
        await fleet.Rig.EnrolAsync(MonitorRig.Home, Other);
        for (var round = 1; round <= 3; round++)
        {
            await fleet.RoundAsync(('a', 'a'), Height, (MonitorRig.Home, 'a', Height), (Other, 'a', Height - 4));
        }

        await fleet.MustBeAsync("yard.chain", HealthState.Degraded, Condition.DaemonStalled);
        await fleet.MustSayAsync("yard.chain", "it is 4 blocks behind the median of the 3 other daemons");
        await fleet.MustBeAsync("home.chain", HealthState.Up, Condition.Healthy);
    }

    /// <summary>Two witnesses that were heard long ago are none; with two that were just heard the same daemon is on a fork.</summary>
    [Theory]
    [InlineData(110, Condition.DaemonForked)]
    [InlineData(125, Condition.Healthy)]
    public async Task Witnesses_older_than_two_reports_do_not_count(int seconds, Condition expected)
    {
        await using var fleet = new Daemons();
        await fleet.Rig.EnrolAsync(MonitorRig.Home, Other);
        await fleet.RoundAsync(('a', 'a'), (MonitorRig.Home, 'a'));
        fleet.Rig.Time.Advance(TimeSpan.FromSeconds(seconds - 60)); // A round takes a minute itself.
        await fleet.ReportAsync(Other, 'b', Height);

        Assert.Equal(expected, (await fleet.NodeAsync("yard.chain")).Health.Last!.Condition);
    }

    /// <summary>Its own agent has five daemons and knows better than a monitor that has heard of three others.</summary>
    [Fact]
    public async Task Whoever_knows_more_daemons_is_believed()
    {
        await using var fleet = new Daemons();
        await fleet.Rig.EnrolAsync(MonitorRig.Home, Other);
        await fleet.RoundAsync(('a', 'a'), (MonitorRig.Home, 'a'));
        await fleet.RoundAsync(('a', 'a'), (MonitorRig.Home, 'a'));

        await fleet.ReportAsync(Other, 'b', Height, new ChainComparison(4, 0, null));
        Assert.Equal(Condition.Healthy, (await fleet.NodeAsync("yard.chain")).Health.Last!.Condition);
        await fleet.ReportAsync(Other, 'b', Height, new ChainComparison(3, 0, null));
        Assert.Equal(Condition.DaemonForked, (await fleet.NodeAsync("yard.chain")).Health.Last!.Condition);
    }

    /// <summary>Everybody can have a regtest chain: only those of one agent are compared.</summary>
    [Fact]
    public async Task Regtest_chains_of_different_agents_are_not_compared()
    {
        await using var fleet = new Daemons();
        await fleet.Rig.EnrolAsync(MonitorRig.Home, Other);
        fleet.Network("fakechain");
        await fleet.RoundAsync(('a', 'a'), (MonitorRig.Home, 'a'));
        await fleet.ReportAsync(Other, 'b', Height, network: ChainNetwork.Regtest);

        Assert.Equal(Condition.Healthy, (await fleet.NodeAsync("yard.chain")).Health.Last!.Condition);
        Assert.Null(ChainPosition.Of(new ChainAnswer.Told { Network = ChainNetwork.Mainnet, Height = 5, Offline = true }, Other));
    }

    [Fact]
    public async Task A_remote_daemon_whose_info_is_broken_is_not_down()
    {
        await using var fleet = new Daemons();
        fleet.One.Instead["get_info"] = """{"error":{"code":0,"message":""},"id":"0","jsonrpc":"2.0"}""";
        await fleet.RoundAsync(('a', 'a'));
        await fleet.RoundAsync(('a', 'a'));

        await fleet.MustBeAsync("remote.one", HealthState.Up, Condition.Healthy);
    }

    /// <summary>Two remote daemons that answer on sockets, and agents whose reports are made by hand; every process of the monitor remembers nothing.</summary>
    private sealed class Daemons : IAsyncDisposable
    {
        private readonly ScriptedHttpPeer _onePeer;
        private readonly ScriptedHttpPeer _twoPeer;
        private readonly Dictionary<NodeName, long> _reports = [];

        public Daemons()
        {
            Rig = new MonitorRig();
            (One, Two) = (DaemonDouble.OnMainnet(Height, Given.Now), DaemonDouble.OnMainnet(Height, Given.Now));
            (_onePeer, _twoPeer) = (ScriptedHttpPeer.Start(One.Script), ScriptedHttpPeer.Start(Two.Script));
            Rig.Policy = Rig.Policy.With(Remote("one", _onePeer), Remote("two", _twoPeer));
        }

        public MonitorRig Rig { get; }

        public DaemonDouble One { get; }

        public DaemonDouble Two { get; }

        public void Network(string name) => (One.Info["nettype"], Two.Info["nettype"]) = (name, name);

        public Task RoundAsync((char One, char Two) remote, params (NodeName Agent, char Chain)[] agents) =>
            RoundAsync(remote, Height, [.. agents.Select(a => (a.Agent, a.Chain, Height))]);

        /// <summary>A minute of the fleet: a tick, a report of each agent, and the minute.</summary>
        public async Task RoundAsync((char One, char Two) remote, long height, params (NodeName Agent, char Chain, long Height)[] agents)
        {
            Stand(One, remote.One, height);
            Stand(Two, remote.Two, height);
            using (var monitor = new ProbingMonitor(Rig.NewMonitor() with { Time = new StoppedTimers(Rig.Time) }))
            {
                Assert.IsType<TriggerResult.Done>(await monitor.TickAsync());
            }

            foreach (var (agent, chain, at) in agents)
            {
                await ReportAsync(agent, chain, at);
            }

            Rig.Time.Advance(TimeSpan.FromSeconds(60));
        }

        public async Task ReportAsync(NodeName agent, char chain, long height, ChainComparison? own = null, ChainNetwork network = ChainNetwork.Mainnet)
        {
            var number = _reports[agent] = _reports.GetValueOrDefault(agent) + 1;
            var now = Rig.Time.GetUtcNow();
            var told = new ChainAnswer.Told
            {
                Network = network,
                Height = height,
                TopHash = DaemonDouble.Hash(chain, height - 1),
                LastBlockAt = now,
                Peers = 8,
                Marks = [.. ChainMarks.Heights(height).Select(h => new BlockMark(h, DaemonDouble.Hash(chain, h)[..BlockMark.HashLength]))],
            };
            var evidence = Given.Daemon with
            {
                Api = (ApiAnswer.Answered)Given.Daemon.Api with { Chain = told },
                Chain = (own ?? ChainComparison.None).Onto(new ChainSighting()),
            };
            var seen = new ObservedEvidence(number, now, 0, new VerdictRow(Condition.Healthy, (int)number, [now]), HostEvidence.Of(evidence));
            var chainName = NodeName.Parse("chain");
            Assert.IsType<TriggerResult.Done>(await Rig.TakeAsync(new Report
            {
                Agent = agent,
                Epoch = 1,
                Number = number,
                At = now,
                Version = "1",
                PeriodSeconds = 60,
                Names = [chainName],
                Nodes = [new ReportedNode { Inventory = new NodeInventory { Name = chainName, Kind = NodeKind.Daemon, Port = 18081, Available = true }, Seen = seen, Phase = "running" }],
                Events = [],
            }));
        }

        public async Task<NodeRecord> NodeAsync(string id) => (await Rig.NodeAsync(ProbeTargets.Id(id)))!;

        public async Task MustBeAsync(string id, HealthState state, Condition condition)
        {
            var node = await NodeAsync(id);
            Assert.True((state, condition) == (node.Health.State, node.Health.Condition), $"{id}: {node.Health.State} {node.Health.Condition}: {node.Health.Last?.Explanation}");
        }

        public async Task MustSayAsync(string id, string text)
        {
            var node = await NodeAsync(id);
            Assert.True(node.Health.Last!.Explanation.Contains(text, StringComparison.Ordinal), $"{id}: {node.Health.Last.Explanation}");
        }

        public async ValueTask DisposeAsync()
        {
            await _onePeer.DisposeAsync();
            await _twoPeer.DisposeAsync();
            Rig.Dispose();
        }

        private void Stand(DaemonDouble daemon, char chain, long height)
        {
            daemon.HashAt = h => DaemonDouble.Hash(chain, h);
            daemon.StandAt(height, Rig.Time.GetUtcNow());
        }

        private static ProbeTarget Remote(string name, ScriptedHttpPeer peer) => ProbeTargets.Remote(name, peer.Address) with { Kind = NodeKind.Daemon };
    }
}
