using System.Globalization;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>A real agent with a real wallet that is open on a real chain, and the orders that restart it.</summary>
internal sealed class LadderUnderTest : IAsyncDisposable
{
    public const string Node = "main";

    private readonly List<Task> _hanging = [];

    private LadderUnderTest(RealMonerod daemon, AgentUnderTest agent, int port) => (Daemon, Agent, Port) = (daemon, agent, port);

    public RealMonerod Daemon { get; }

    public AgentUnderTest Agent { get; }

    public int Port { get; }

    private Uri Wallet => new($"http://127.0.0.1:{Port}");

    private string Address { get; set; } = "";

    /// <summary>Until the wallet is open.</summary>
    public static async Task<LadderUnderTest> StartAsync(string name, CancellationToken cancellation, string? stopBudget = null)
    {
        var agent = AgentUnderTest.Create(name);
        await Wallets.MakeAsync(agent, "alice", cancellation);
        var daemon = await RealMonerod.StartAsync();
        var node = new NodeUnderTest(Node) { Wallet = ("alice", agent.WriteSecret("alice.password", Wallets.Password)), Daemon = $"127.0.0.1:{daemon.Port}", StopBudget = stopBudget };
        agent.Configure(node);
        var ladder = new LadderUnderTest(daemon, agent, node.Port);
        try
        {
            await agent.StartAsync(cancellation);
            await agent.UntilUpAsync(Node, cancellation);
            ladder.Address = (await RawRpc.CallAsync(ladder.Wallet, "get_address")).GetProperty("address").GetString()!;
            return ladder;
        }
        catch
        {
            await ladder.DisposeAsync();
            throw;
        }
    }

    /// <summary>Blocks that the wallet has taken in and not saved.</summary>
    /// <returns>The wallet's height.</returns>
    public async Task<long> RefreshBlocksAsync(int blocks)
    {
        await Daemon.GenerateBlocksAsync(blocks, Address);
        await RawRpc.CallAsync(Wallet, "refresh");
        return (await RawRpc.CallAsync(Wallet, "get_height")).GetProperty("height").GetInt64();
    }

    /// <summary>The height in the wallet's file as it is now: what a copy of it knows without a daemon.</summary>
    public async Task<long> SavedHeightAsync()
    {
        var options = new RealWalletRpcOptions();
        foreach (var file in Directory.GetFiles(Path.Combine(Agent.Folder, "wallets")))
        {
            File.Copy(file, Path.Combine(options.WalletFolder, Path.GetFileName(file)));
        }

        await using var copy = await RealWalletRpc.StartAsync(options);
        await copy.CallAsync("open_wallet", $$"""{"filename":"alice","password":"{{Wallets.Password}}"}""");
        return (await copy.CallAsync("get_height")).GetProperty("height").GetInt64();
    }

    /// <summary>monerod is stopped in the middle of a request of the wallet, and the agent has seen that the wallet does not answer.</summary>
    public async Task HangAsync(CancellationToken cancellation)
    {
        Signal(Signals.Stop);
        _hanging.Add(RawRpc.CallAsync(Wallet, "refresh"));
        await Agent.UntilAsync(Node, s => s.State == HealthState.Degraded, cancellation);
    }

    public void Signal(int signal) => AgentUnderTest.Send(Daemon.Program.ProcessId, signal);

    /// <summary>Gives an order and waits for its end.</summary>
    public static async Task<Outcome> OrderAsync(AgentUnderTest agent, string node, ControlVerb verb, CancellationToken cancellation, TimeSpan? killAfter = null)
    {
        var said = new List<ControlReply>();
        var request = new ControlRequest { Verb = verb, Node = node, KillAfterMs = (long?)killAfter?.TotalMilliseconds };
        await agent.AskAsync(request, said.Add, cancellation);
        var outcome = said.OfType<ControlReply.OrderLine>().SingleOrDefault()?.Outcome;
        return outcome ?? throw new InvalidOperationException(string.Join('\n', said));
    }

    public Task<Outcome> RestartAsync(CancellationToken cancellation, TimeSpan? killAfter = null) => OrderAsync(Agent, Node, ControlVerb.Restart, cancellation, killAfter);

    /// <summary>The proof that was told after another.</summary>
    public async Task<RestartProof> ProofAfterAsync(RestartProof known, CancellationToken cancellation)
    {
        while (true)
        {
            var last = (await Agent.EventsAsync(Node, cancellation)).Select(e => e.Fact).OfType<NodeFact.Proved>().Last().Proof;
            if (last.Began > known.Began)
            {
                return last;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }

    public static string Text(RestartProof proof) => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join("; ", ProofText.Lines(proof))}\n  {string.Join("\n  ", proof.Steps.Select(ProofText.Of))}");

    public async ValueTask DisposeAsync()
    {
        Signal(Signals.Continue);
        await Agent.DisposeAsync();

        // They end with the wallet, or with their own patience; how is of no interest.
        await Task.WhenAny(Task.WhenAll(_hanging));
        await Daemon.DisposeAsync();
    }
}
