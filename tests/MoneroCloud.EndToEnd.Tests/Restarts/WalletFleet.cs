using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Many real wallets under one real agent at its own defaults, each behind a proxy to one real daemon, and beside them the usual rule.</summary>
internal sealed class WalletFleet : IAsyncDisposable
{
    public const int Wallets = 20;

    private const int Batch = 8;
    private static readonly TimeSpan UsualPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UsualDeadline = TimeSpan.FromSeconds(5);

    private readonly List<SlowDaemonProxy> _proxies = [];
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _asking = [];
    private int[] _failures = [];

    private WalletFleet(RealMonerod daemon, AgentUnderTest agent) => (Daemon, Agent) = (daemon, agent);

    public RealMonerod Daemon { get; }

    public AgentUnderTest Agent { get; }

    public IReadOnlyList<NodeUnderTest> Nodes { get; private set; } = [];

    public IReadOnlyList<SlowDaemonProxy> Proxies => _proxies;

    /// <summary>How many the usual rule would have restarted by now: one request in 10 s without an answer within 5 s.</summary>
    public int UsualKills => _failures.Count(f => f > 0);

    /// <summary>A chain of so many blocks, and the wallets with all of it before them. Nothing runs under the agent yet.</summary>
    public static async Task<WalletFleet> MakeAsync(int blocks, CancellationToken cancellation)
    {
        var daemon = await RealMonerod.StartAsync();
        var fleet = new WalletFleet(daemon, AgentUnderTest.Create("fleet"));
        var folder = Directory.CreateDirectory(Path.Combine(fleet.Agent.Folder, "wallets")).FullName;
        await using (var maker = await RealWalletRpc.StartAsync(new RealWalletRpcOptions { Daemon = $"127.0.0.1:{daemon.Port}" }))
        {
            await maker.CreateWalletAsync("w", EndToEnd.Tests.Wallets.Password);
            var address = (await maker.CallAsync("get_address")).GetProperty("address").GetString()!;
            await maker.CallAsync("close_wallet");
            foreach (var number in Enumerable.Range(1, Wallets))
            {
                // The keys alone: without its cache each begins from the first block.
                File.Copy(Path.Combine(maker.WalletFolder, "w.keys"), Path.Combine(folder, $"w{number}.keys"));
            }

            for (var mined = 0; mined < blocks; mined += Batch)
            {
                await daemon.GenerateBlocksAsync(Batch, address);
            }
        }

        fleet.Declare();
        return fleet;
    }

    /// <summary>Starts the agent and asks as the usual rule does from when a wallet has answered once.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await Agent.StartAsync(cancellation);
        _failures = new int[Nodes.Count];
        _asking.AddRange(Nodes.Select((node, index) => AskAsUsualAsync(node, index)));
    }

    /// <summary>The processes that were ended, by whoever, and the stops that the agent began.</summary>
    public async Task<IReadOnlyList<string>> RestartsAsync(CancellationToken cancellation) =>
        [.. (await EventsAsync(cancellation)).Where(e => e.Fact is NodeFact.Stopping or NodeFact.Exited).Select(e => $"{e.Node} {e.At:T} {e.Fact}")];

    public async Task<IReadOnlyList<EventEntry>> EventsAsync(CancellationToken cancellation)
    {
        var all = new List<EventEntry>();
        foreach (var node in Nodes)
        {
            all.AddRange(await Agent.EventsAsync(node.Name, cancellation));
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_asking);
        await Agent.DisposeAsync();
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        await Daemon.DisposeAsync();
        _end.Dispose();
    }

    private void Declare()
    {
        var secret = Agent.WriteSecret("w.password", EndToEnd.Tests.Wallets.Password);
        _proxies.AddRange(Enumerable.Range(0, Wallets).Select(_ => new SlowDaemonProxy(Daemon.Port)));
        Nodes = [.. _proxies.Select((proxy, i) => new NodeUnderTest($"w{i + 1}") { Daemon = $"127.0.0.1:{proxy.Port}", Wallet = ($"w{i + 1}", secret) })];

        // Real defaults: what the tests shorten is taken out again.
        Agent.Configure(config => _ = config.Remove("checks") && config.Remove("supervision"), [.. Nodes]);
    }

    private async Task AskAsUsualAsync(NodeUnderTest node, int index)
    {
        var target = new WalletRpcTarget { Address = new Uri($"http://127.0.0.1:{node.Port}"), Deadline = UsualDeadline, KeepAlive = false };
        using var client = new WalletRpcClient(target, TimeProvider.System);
        var answered = false;
        try
        {
            while (true)
            {
                var alive = ApiSigns.IsAlive(await client.CheckAsync(walletDeclared: false, _end.Token));
                answered |= alive;
                _failures[index] += answered && !alive ? 1 : 0;
                await Task.Delay(UsualPeriod, TimeProvider.System, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The fleet ends.
        }
    }
}
