using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigDaemonTests
{
    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("daemon", "daemon 127.0.0.1:28081")]
    [InlineData("10.0.0.5:18081", " 10.0.0.5:18081")]
    [InlineData("node.example.org:18089", " node.example.org:18089")]
    [InlineData("[::1]:18081", " [::1]:18081")]
    [InlineData("127.0.0.1:28081", "daemon 127.0.0.1:28081")]
    [InlineData("localhost:28081", "daemon 127.0.0.1:28081")]
    public void A_declared_daemon_is_a_node_or_an_address_and_is_added(string daemon, string expected)
    {
        var node = _folder.AcceptNode(Node(daemon), ConfigFolder.Daemon);

        Assert.Equal(expected, Shown(node.Daemon));
        Assert.Contains("--daemon-address=" + node.Daemon!.Address, node.Arguments);
    }

    [Theory]
    [InlineData("--daemon-address=10.0.0.5:18081", " 10.0.0.5:18081")]
    [InlineData("--daemon-address=http://10.0.0.5:18081", " 10.0.0.5:18081")]
    [InlineData("--daemon-address=https://10.0.0.5:18081/", " 10.0.0.5:18081")]
    [InlineData("--daemon-address=127.0.0.1:28081", "daemon 127.0.0.1:28081")]
    [InlineData("--untrusted-daemon", " 127.0.0.1:18081")]
    [InlineData("--testnet", "daemon 127.0.0.1:28081")]
    [InlineData("--stagenet", " 127.0.0.1:38081")]
    [InlineData("--offline", "")]
    [InlineData("--config-file=c", "")]
    public void Without_a_declared_daemon_the_arguments_tell(string argument, string expected)
    {
        var node = _folder.AcceptNode(Node(null, argument), ConfigFolder.Daemon);

        Assert.Equal(expected, Shown(node.Daemon));
        Assert.DoesNotContain(node.Arguments, a => a.StartsWith("--daemon-address=", StringComparison.Ordinal) && a != argument);
    }

    [Fact]
    public void Declared_and_given_may_be_equal()
    {
        var node = _folder.AcceptNode(Node("daemon", "--daemon-address=http://localhost:28081"), ConfigFolder.Daemon);

        Assert.Equal("daemon 127.0.0.1:28081", Shown(node.Daemon));
    }

    [Fact]
    public void A_daemon_that_listens_everywhere_is_reached_by_loopback()
    {
        var node = _folder.AcceptNode(
            Node("daemon"),
            """{ "name": "daemon", "kind": "daemon", "port": 28081, "arguments": ["--rpc-bind-ip=0.0.0.0", "--confirm-external-bind"] }""");

        Assert.Equal("daemon 127.0.0.1:28081", Shown(node.Daemon));
    }

    [Theory]
    [InlineData("nobody", "daemon: \"nobody\" is not a node of this file; for a daemon elsewhere write host:port")]
    [InlineData("main", "daemon: \"main\" is this node itself")]
    [InlineData("127.0.0.1:18210", "daemon: \"127.0.0.1:18210\" is this node itself")]
    [InlineData("other", "daemon: \"other\" is a walletRpc node, not a daemon")]
    [InlineData("host:0", "daemon: \"host:0\" is not host:port, with a port from 1 to 65535")]
    [InlineData("host:65536", "daemon: \"host:65536\" is not host:port, with a port from 1 to 65535")]
    [InlineData(":18081", "daemon: \":18081\" is not host:port, with a port from 1 to 65535")]
    [InlineData("http://h:1", "daemon: \"http://h:1\" is not host:port, with a port from 1 to 65535")]
    [InlineData("", "daemon: \"\" is empty")]
    public void A_daemon_that_is_none_is_refused(string daemon, string expected) => Assert.Equal(
        ["agent.json:2: nodes[0]." + expected],
        _folder.NodeErrors(Node(daemon), ConfigFolder.Wallet.Replace("main", "other", StringComparison.Ordinal).Replace("18210", "18211", StringComparison.Ordinal)));

    [Fact]
    public void Declared_and_given_must_not_differ()
    {
        Assert.Equal(
            ["agent.json:2: nodes[0].arguments[2]: --daemon-address 10.0.0.5:18081 is not the node's daemon, 127.0.0.1:28081; leave it out"],
            _folder.NodeErrors(Node("daemon", "--daemon-address=10.0.0.5:18081"), ConfigFolder.Daemon));
        Assert.Equal(
            ["agent.json:2: nodes[0].arguments[2]: --offline contradicts \"daemon\""],
            _folder.NodeErrors(Node("daemon", "--offline"), ConfigFolder.Daemon));
    }

    [Fact]
    public void A_daemon_has_no_daemon() => Assert.Equal(
        ["agent.json:2: nodes[0].daemon: \"daemon\" belongs to a walletRpc node: this one is a daemon itself"],
        _folder.NodeErrors("""{ "name": "daemon", "kind": "daemon", "port": 1, "daemon": "daemon" }"""));

    [Fact]
    public void A_daemon_with_a_login_that_its_wallet_cannot_know_is_warned_of()
    {
        var daemon = """{ "name": "daemon", "kind": "daemon", "port": 28081, "login": "file:secrets/login" }""";

        Assert.Equal(
            ["agent.json:2: nodes[0].daemon: daemon wants a login: put daemon-login=USER:PASSWORD into a file of mode 0600 and name it with --config-file"],
            _folder.Warnings(Node("daemon"), daemon));
        Assert.Empty(_folder.Warnings(Node("daemon", "--config-file=c"), daemon));
    }

    private static string Shown(DaemonReference? daemon) => daemon is null ? "" : $"{daemon.Node?.ToString()} {daemon.Address}";

    private static string Node(string? daemon, string argument = "--untrusted-daemon")
    {
        var member = daemon is null ? "" : $", \"daemon\": \"{daemon}\"";
        return $$"""{ "name": "main", "kind": "walletRpc", "port": 18210, "arguments": ["--wallet-dir=w", "--disable-rpc-login", "{{argument}}"]{{member}} }""";
    }
}
