using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>Nodes that answer, each of them something else than it should; one agent has them all.</summary>
public sealed class AnsweredRows : RowsAgent
{
    private const string Html =
        """
        use IO::Socket::INET;
        my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0], Listen => 20, ReuseAddr => 1) or die $@;
        while (my $caller = $server->accept) {
            while (my $line = <$caller>) { last if $line =~ /^\s*$/ }
            print $caller "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<html>hi</html>";
            close $caller;
        }
        """;

    private RealWalletRpc? _orphan;

    internal NodeUnderTest Full { get; } = new("full");

    internal NodeUnderTest Tls { get; private set; } = null!;

    internal NodeCertificate Certificate { get; private set; } = null!;

    internal int OrphanPid => _orphan!.Program.ProcessId;

    internal NodeUnderTest[] Others { get; private set; } = [];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_orphan is not null)
        {
            await _orphan.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected override async Task<NodeUnderTest[]> PrepareAsync()
    {
        await Wallets.MakeAsync(Agent, "alice", TestContext.Current.CancellationToken);
        await Wallets.MakeAsync(Agent, "bert", TestContext.Current.CancellationToken);
        Certificate = NodeCertificate.Make(Agent.Folder);
        Tls = new NodeUnderTest("tls") { Arguments = WalletOf(["--offline", .. Certificate.Arguments]) };
        _orphan = await RealWalletRpc.StartAsync(new RealWalletRpcOptions { WalletFolder = Path.Combine(Agent.Folder, "wallets") });
        await _orphan.CallAsync("open_wallet", $"{{\"filename\":\"bert\",\"password\":\"{Wallets.Password}\"}}");
        Others = [HtmlServer(), DaemonInPlaceOfAWallet(), WalletInPlaceOfADaemon(), TlsDaemon(), Stranger(), LockedOut(), Second()];
        return [Full, Tls with { Settings = [("tlsFingerprint", new string('A', 64))] }, .. Others];
    }

    private NodeUnderTest HtmlServer()
    {
        var node = new NodeUnderTest("html");
        var script = Path.Combine(Agent.Folder, "html.pl");
        File.WriteAllText(script, Html);
        return node with { Program = Agent.WriteProgram("html", $"exec perl {script} {node.Port}") };
    }

    private NodeUnderTest DaemonInPlaceOfAWallet()
    {
        var node = new NodeUnderTest("daemon-instead");
        var program = Agent.WriteProgram("instead", $"exec monerod --regtest --offline --data-dir {Agent.Folder}/instead.chain --rpc-bind-port {node.Port} --rpc-ssl disabled "
            + $"--p2p-bind-ip 127.0.0.1 --p2p-bind-port {FreePort.Next()} --no-igd --no-zmq --non-interactive --log-file {Agent.Folder}/instead.log");
        return node with { Program = program };
    }

    private NodeUnderTest WalletInPlaceOfADaemon() => new("wallet-instead")
    {
        IsDaemon = true,
        Program = "monero-wallet-rpc",
        Arguments = WalletOf(["--offline", "--rpc-ssl", "disabled"]),
    };

    private NodeUnderTest TlsDaemon() => new("tls-daemon")
    {
        IsDaemon = true,
        Arguments =
        [
            "--regtest", "--offline", "--data-dir", Path.Combine(Agent.Folder, "tls.chain"), "--no-igd", "--no-zmq", "--p2p-bind-ip", "127.0.0.1",
            "--p2p-bind-port", $"{FreePort.Next()}", "--log-file", Path.Combine(Agent.Folder, "tls-daemon.log"), .. Certificate.Arguments,
        ],
        Settings = [("tlsFingerprint", Certificate.Fingerprint)],
    };

    private NodeUnderTest Stranger() => new("stranger")
    {
        Program = Agent.WriteProgram("stranger", "RPC_LOGIN=somebody:else exec monero-wallet-rpc \"$@\""),
        Login = Agent.WriteSecret("login", "agent:its password"),
    };

    private NodeUnderTest LockedOut() => new("locked-out") { Wallet = ("alice", Agent.WriteSecret("wrong.password", "not it")) };

    private NodeUnderTest Second() => new("second")
    {
        Arguments = ["--wallet-file", Path.Combine(Agent.Folder, "wallets", "bert"), "--disable-rpc-login", "--rpc-ssl", "disabled", "--offline", "--log-file", Path.Combine(Agent.Folder, "second.log")],
        Wallet = ("bert", Agent.WriteSecret("bert.password", Wallets.Password)),
    };

    private string[] WalletOf(string[] more) =>
        ["--wallet-dir", Path.Combine(Agent.Folder, "wallets"), "--disable-rpc-login", "--log-file", Path.Combine(Agent.Folder, $"{Guid.NewGuid():N}.log"), .. more];
}
