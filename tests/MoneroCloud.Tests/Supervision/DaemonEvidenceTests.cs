using System.Collections.Immutable;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What the agent's look gathers of a wallet behind a daemon and of a daemon among others, with the test's own process as the node.</summary>
public sealed class DaemonEvidenceTests : IDisposable
{
    private readonly SteppingTime _time = new(Given.Now);
    private readonly HostSockets _sockets = new();
    private readonly AgentClock _clock;
    private readonly PidFd _self;
    private SupervisedProcess? _process;

    public DaemonEvidenceTests()
    {
        _clock = new AgentClock(_time);
        Assert.True(PidFd.TryOpen(Environment.ProcessId, out var self, out _));
        _self = self;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wallet_that_stands_still_below_the_height_of_its_daemons_address_is_behind()
    {
        await using var daemon = ScriptedHttpPeer.Start(DaemonDouble.OnMainnet(100, Given.Now).Script);
        var wallet = new DaemonDouble { Instead = { ["get_version"] = Play.VersionJson } };
        Stand(wallet, 60);
        await using var peer = ScriptedHttpPeer.Start(wallet.Script);
        await using var addresses = new DaemonAddresses(_clock, bug => Assert.Fail(bug.ToString()));
        var config = Node("main", NodeKind.WalletRpc, peer) with
        {
            Wallet = new WalletConfig("alice", new Secret("file:x", "x"), "/tmp"),
            Daemon = new DaemonReference(null, "127.0.0.1", daemon.Port),
        };
        using var gatherer = new EvidenceGatherer(Context(new DaemonBoard(_clock, () => Config, addresses)));

        // Nobody has asked the daemon yet; after this look somebody does, beside it.
        Assert.Equal((DaemonSighting.NotKnown, null), KnownOf(await LookAsync(gatherer, config)));
        await addresses.AskedAsync(config.Daemon);

        var fresh = await LookAsync(gatherer, config);
        Assert.Equal((DaemonSighting.Answers, 100), KnownOf(fresh));
        Assert.Equal(Condition.Healthy, fresh.Diagnosed().Condition); // It may be catching up.

        _time.Advance(TimeSpan.FromSeconds(61));
        var still = (await LookAsync(gatherer, config)).Diagnosed();
        Assert.Equal(Condition.WalletBehind, still.Condition);
        Assert.StartsWith("the wallet stands at height 60, 40 blocks behind its daemon, which stands at 100, and does not rise", still.Explanation, StringComparison.Ordinal);

        Stand(wallet, 79);
        Assert.Equal(Condition.Healthy, (await LookAsync(gatherer, config)).Diagnosed().Condition);
    }

    [Fact]
    public async Task A_daemon_is_looked_at_for_its_chain_and_compared_with_the_others_of_its_agent()
    {
        await using var peer = ScriptedHttpPeer.Start(DaemonDouble.OnMainnet(1_009, Given.Now, chain: 'b').Script);
        var board = new DaemonBoard(_clock, () => Config);
        using var gatherer = new EvidenceGatherer(Context(board));
        var config = Node("alone", NodeKind.Daemon, peer);
        foreach (var other in (string[])["one", "two"])
        {
            board.Put(NodeName.Parse(other), await OtherAsync());
        }

        var evidence = await LookAsync(gatherer, config);
        Assert.Equal((1_009, 2, 1_000), (evidence.Chain.Height, evidence.Chain.OtherDaemons, evidence.Chain.ForkedAt));
        Assert.Equal(Condition.DaemonForked, evidence.Diagnosed().Condition);

        board.Put(config.Name, evidence);
        Assert.Equal(new DaemonWord(DaemonSighting.Answers, 1_009), board.Of(new DaemonReference(config.Name, "127.0.0.1", config.Port)));
    }

    public void Dispose()
    {
        _self.Dispose();
        _sockets.Dispose();
    }

    private static async Task<NodeEvidence> OtherAsync()
    {
        await using var peer = ScriptedHttpPeer.Start(DaemonDouble.OnMainnet(1_009, Given.Now).Script);
        using var client = new WalletRpcClient(new WalletRpcTarget { Address = peer.Address }, TimeProvider.System);
        return Given.Daemon with { Api = await client.CheckDaemonAsync(Cancellation) };
    }

    private static void Stand(DaemonDouble wallet, long height) =>
        wallet.Instead["get_height"] = $$$"""{"id":"0","jsonrpc":"2.0","result":{"height":{{{height}}}}}""";

    private static (DaemonSighting Sighting, long? Height) KnownOf(NodeEvidence evidence) => (evidence.Daemon, evidence.Chain.DaemonHeight);

    private Task<NodeEvidence> LookAsync(EvidenceGatherer gatherer, NodeConfig config) => gatherer.LookAsync(
        new LookRequest
        {
            Blank = NodeHealth.Blank(config, _clock.Wall),
            Config = config,
            Process = Self(),
            Gone = new ProcessSighting.Gone(new ProcessExit.NeverStarted(null), ExitCause.Unknown),
            AskApi = true,
        },
        Cancellation);

    private SupervisedProcess Self() => _process ??= new SupervisedProcess(
        new ProcessIdentity(BootId.Current, Environment.ProcessId, Assert.IsType<ProcRead<ProcStat>.Got>(ProcessReader.Stat(Environment.ProcessId)).Value.StartTicks, null),
        _self,
        adopted: true,
        TimeSpan.Zero,
        logStart: 0);

    private GatherContext Context(DaemonBoard board) => new()
    {
        Clock = _clock,
        Sockets = _sockets,
        Daemons = board,
        IsDeclared = _ => true,
        LogFile = _ => "/nonexistent",
        Config = () => Config,
    };

    private static AgentConfig Config { get; } = new() { File = "/a", Agent = NodeName.Parse("host"), StateFolder = "/s", Nodes = [] };

    private static NodeConfig Node(string name, NodeKind kind, ScriptedHttpPeer peer) => new()
    {
        Name = NodeName.Parse(name),
        Kind = kind,
        Program = "/bin/true",
        Arguments = ImmutableArray<string>.Empty,
        Port = peer.Port,
        Folder = "/",
    };
}
