using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// Nodes that do not answer, each for another reason, and two more that are slow; one agent has them all, with the smallest budgets there are.
/// Each is a real monero program that really is in that state.
/// </summary>
public sealed class SilentRows : RowsAgent
{
    /// <summary>The smallest hang and busy budget that agent.json takes.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    /// <summary>Rounds of the key derivation, in which a wallet computes for minutes.</summary>
    private const string Rounds = "20000";

    private const int Blocks = 40;

    private readonly Socket _hole = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _stuck = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    internal RealMonerod? Daemon { get; private set; }

    /// <summary>Between the node <c>slow</c> and its daemon.</summary>
    internal SlowDaemonProxy? Link { get; private set; }

    internal NodeUnderTest Hung { get; } = new("hung") { StopBudget = "1s" };

    internal NodeUnderTest Piped { get; private set; } = null!;

    internal NodeUnderTest Computing { get; private set; } = null!;

    internal NodeUnderTest Slow { get; private set; } = null!;

    internal NodeUnderTest Miner { get; } = new("miner") { IsDaemon = true };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (Link?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Daemon?.DisposeAsync() ?? ValueTask.CompletedTask);
        _stuck.Dispose();
        _hole.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected override void Tune(JsonObject config) => config["diagnosis"] = new JsonObject
    {
        ["hangBudget"] = $"{Budget.TotalSeconds}s",
        ["busyBudget"] = $"{Budget.TotalSeconds}s",
        ["startGrace"] = "5s",
    };

    private protected override async Task<NodeUnderTest[]> PrepareAsync()
    {
        Daemon = await RealMonerod.StartAsync();
        await MakeSlowWalletAsync();
        foreach (var wallet in new[] { "bert", "carol", "dora" })
        {
            await Wallets.MakeAsync(Agent, wallet, TestContext.Current.CancellationToken);
        }

        var nice = Agent.WriteProgram("nice", "exec nice -n 5 monero-wallet-rpc \"$@\"");
        Link = new SlowDaemonProxy(Daemon!.Port) { Delay = TimeSpan.FromSeconds(0.5) };
        Slow = new NodeUnderTest("slow") { Daemon = $"127.0.0.1:{Link.Port}", Wallet = ("alice", Agent.WriteSecret("alice.password", Wallets.Password)) };
        Computing = new NodeUnderTest("computing") { Program = nice, More = ["--kdf-rounds", Rounds], StopBudget = "1s" };
        Piped = PipedNode();
        return [Hung, Piped, Slow, Computing, Miner, Loading(nice), Unopened(), Blackholed(), MuteDaemon()];
    }

    private protected override async Task BeginAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Fifo.Make(Path.Combine(Agent.Folder, "wallets"), "trap.keys");
        await Agent.UntilUpAsync("hung", cancellation);
        _ = AskAsync(Hung.Port, "open_wallet", """{"filename":"trap","password":"x"}""");
        await Agent.UntilUpAsync("computing", cancellation);
        _ = AskAsync(Computing.Port, "open_wallet", """{"filename":"carol","password":"x"}""");
        _ = ReleaseAsync(Path.Combine(Agent.Folder, "gate"));
    }

    /// <summary>The first life of <c>unopened</c> waits for a file that nobody writes, and the next ones do not.</summary>
    private async Task ReleaseAsync(string gate)
    {
        try
        {
            await Agent.UntilAsync("unopened", s => s.Restarts > 0, CancellationToken.None);
            await Agent.UntilAsync("unopened", s => Released() && s.Worked, CancellationToken.None);
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or IOException)
        {
            // The test of that node says so.
        }

        bool Released()
        {
            // Who has not come to open it yet is not let go on by this once.
            Fifo.Release(gate);
            return true;
        }
    }

    /// <summary>With its daemon there, so that its chain begins where the daemon's does and is scanned block by block.</summary>
    private async Task MakeSlowWalletAsync()
    {
        await using var maker = await RealWalletRpc.StartAsync(new RealWalletRpcOptions
        {
            WalletFolder = Path.Combine(Agent.Folder, "wallets"),
            Daemon = $"127.0.0.1:{Daemon!.Port}",
        });
        await maker.CreateWalletAsync("alice", Wallets.Password);
        var address = (await maker.CallAsync("get_address")).GetProperty("address").GetString()!;
        await maker.CallAsync("close_wallet");
        for (var mined = 0; mined < Blocks; mined += 10)
        {
            await Daemon!.GenerateBlocksAsync(10, address);
        }
    }

    private NodeUnderTest PipedNode()
    {
        var pipe = Fifo.Make(Agent.Folder, "pipe");
        var program = Agent.WriteProgram("piped", $"exec 3<>{pipe}; exec monero-wallet-rpc \"$@\" >&3");
        return new NodeUnderTest("piped") { Program = program, More = ["--log-level", "1"], StopBudget = "1s" };
    }

    private NodeUnderTest Loading(string program) => new("loading")
    {
        Program = program,
        Arguments =
        [
            "--wallet-file", Path.Combine(Agent.Folder, "wallets", "dora"), "--disable-rpc-login", "--rpc-ssl", "disabled", "--offline", "--kdf-rounds", Rounds,
            "--log-file", Path.Combine(Agent.Folder, "loading.log"),
        ],
        Wallet = ("dora", Agent.WriteSecret("dora.password", Wallets.Password)),
    };

    private NodeUnderTest Unopened() => new("unopened") { More = ["--config-file", Fifo.Make(Agent.Folder, "gate")], StopBudget = "1s" };

    private NodeUnderTest MuteDaemon() => new("mute-daemon") { IsDaemon = true, More = ["--config-file", Fifo.Make(Agent.Folder, "daemon.gate")] };

    /// <summary>Its daemon's host takes no connection: the accept queue is full.</summary>
    private NodeUnderTest Blackholed()
    {
        var port = FreePort.Next();
        _hole.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _hole.Listen(0);
        _stuck.Connect(IPAddress.Loopback, port);
        return new NodeUnderTest("blackholed") { Daemon = $"127.0.0.1:{port}", Wallet = ("bert", Agent.WriteSecret("bert.password", Wallets.Password)) };
    }
}
