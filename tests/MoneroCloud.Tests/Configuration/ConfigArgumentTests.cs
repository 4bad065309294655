using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigArgumentTests
{
    private const string Leaks = "would show in the process list, which everybody can read";
    private const string InFile = Leaks + "; put it into a file of mode 0600 and name it with --config-file";

    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("--rpc-login=a:hunter2", "--rpc-login " + Leaks + "; use \"login\"")]
    [InlineData("--rpc-login|a:hunter2", "--rpc-login " + Leaks + "; use \"login\"")]
    [InlineData("--password=hunter2", "--password " + Leaks + "; use \"wallet\"")]
    [InlineData("--password|hunter2", "--password " + Leaks + "; use \"wallet\"")]
    [InlineData("--daemon-login=a:hunter2", "--daemon-login " + Leaks + "; put daemon-login=USER:PASSWORD into a file of mode 0600 and name it with --config-file")]
    [InlineData("--daemon-login|a:hunter2", "--daemon-login " + Leaks + "; put daemon-login=USER:PASSWORD into a file of mode 0600 and name it with --config-file")]
    [InlineData("--bootstrap-daemon-login=a:hunter2", "--bootstrap-daemon-login " + InFile)]
    [InlineData("--bitmessage-login|a:hunter2", "--bitmessage-login " + InFile)]
    [InlineData("--rpc-client-secret-key|hunter2", "--rpc-client-secret-key " + InFile)]
    [InlineData("--detach", "--detach would take the process out of the agent's hands")]
    [InlineData("--pidfile=p", "--pidfile goes with --detach, and the file is never removed")]
    [InlineData("--pidfile|p", "--pidfile goes with --detach, and the file is never removed")]
    [InlineData("--prompt-for-password", "--prompt-for-password would wait for a terminal that is not there; use \"wallet\"")]
    [InlineData("--version", "--version makes the program leave at once")]
    [InlineData("--daemon-host=h", "--daemon-host is not understood; use \"daemon\" or --daemon-address with host:port")]
    [InlineData("--rpc-log=a:hunter2", "--rpc-log is short for --rpc-login: options must be written in full")]
    [InlineData("--passw|hunter2", "--passw is short for --password: options must be written in full")]
    [InlineData("--det", "--det is short for --detach: options must be written in full")]
    [InlineData("--rpc-bind-port=18211", "--rpc-bind-port 18211 is not the node's port, 18210; leave it out")]
    [InlineData("--rpc-bind-port|18211", "--rpc-bind-port 18211 is not the node's port, 18210; leave it out")]
    [InlineData("--rpc-bind-port=83746", "--rpc-bind-port 83746 is not the node's port, 18210; leave it out")]
    [InlineData("--rpc-bind-port", "--rpc-bind-port has no value")]
    [InlineData("--rpc-bind-port=", "--rpc-bind-port has no value")]
    [InlineData("--rpc-bind-port|--offline", "--rpc-bind-port has no value")]
    [InlineData("--offline=true", "--offline takes no value")]
    [InlineData("--rpc-bind-ip=localhost", "--rpc-bind-ip localhost is not an IP address")]
    [InlineData("--rpc-bind-ip=127.1", "--rpc-bind-ip 127.1 is not an IP address")]
    [InlineData("--rpc-bind-ip=0.0.0.0", "--rpc-bind-ip 0.0.0.0 is not a loopback address: the program wants --confirm-external-bind with it")]
    [InlineData("--daemon-address=daemon", "--daemon-address daemon is not host:port, with a port from 1 to 65535")]
    [InlineData("--daemon-address=h:0", "--daemon-address h:0 is not host:port, with a port from 1 to 65535")]
    [InlineData("--generate-from-json=j", "--generate-from-json cannot be combined with --wallet-dir")]
    public void An_argument_that_harms_or_contradicts_is_refused_without_its_secret(string arguments, string expected) =>
        Assert.Equal(["agent.json:2: nodes[0].arguments[2]: " + expected], Errors(arguments));

    [Fact]
    public void An_option_given_twice_is_refused() => Assert.Equal(
        ["agent.json:2: nodes[0].arguments[3]: --offline is given twice"],
        Errors("--offline|--offline"));

    [Fact]
    public void Arguments_are_texts_and_at_most_256()
    {
        Assert.Equal(["agent.json:2: nodes[0].arguments[1]: must be text, not a number"], WithArguments("\"--log-level\", 0"));
        Assert.Equal(["agent.json:2: nodes[0].arguments: must be a list of texts, not text"], _folder.NodeErrors("""{ "name": "d", "kind": "daemon", "port": 1, "arguments": "--x" }"""));
        Assert.Equal(["agent.json:2: nodes[0].arguments: is empty"], WithArguments(""));
        Assert.Equal(
            ["agent.json:2: nodes[0].arguments: has 257 entries, at most 256 are allowed"],
            WithArguments(string.Join(", ", Enumerable.Repeat("\"x\"", 257))));
    }

    [Fact]
    public void The_agent_adds_port_and_non_interactive()
    {
        Assert.Equal(["--rpc-bind-port=28081", "--non-interactive"], _folder.AcceptNode(ConfigFolder.Daemon).Arguments);
        Assert.Equal(
            ["--wallet-dir", "w", "--disable-rpc-login", "--rpc-bind-port=18210", "--non-interactive"],
            _folder.AcceptNode(ConfigFolder.Wallet).Arguments);
    }

    [Theory]
    [InlineData("\"--rpc-bind-port=28081\", \"--non-interactive\"")]
    [InlineData("\"--rpc-bind-port\", \"28081\", \"--non-interactive\"")]
    public void What_is_already_there_is_not_added(string arguments)
    {
        var node = _folder.AcceptNode($$"""{ "name": "d", "kind": "daemon", "port": 28081, "arguments": [{{arguments}}] }""");

        Assert.Equal(arguments, string.Join(", ", node.Arguments.Select(a => $"\"{a}\"")));
    }

    [Theory]
    [InlineData("", "127.0.0.1", "127.0.0.1", false)]
    [InlineData("--rpc-bind-ip=127.0.0.2", "127.0.0.2", "127.0.0.2", false)]
    [InlineData("--rpc-bind-ip|::1", "::1", "::1", false)]
    [InlineData("--rpc-bind-ip=0.0.0.0|--confirm-external-bind", "0.0.0.0", "127.0.0.1", false)]
    [InlineData("--rpc-bind-ip=::|--confirm-external-bind", "::", "::1", false)]
    [InlineData("--rpc-ssl=enabled", "127.0.0.1", "127.0.0.1", true)]
    [InlineData("--rpc-ssl|enabled", "127.0.0.1", "127.0.0.1", true)]
    [InlineData("--rpc-ssl|disabled", "127.0.0.1", "127.0.0.1", false)]
    [InlineData("--rpc-ssl|autodetect", "127.0.0.1", "127.0.0.1", false)]
    public void Address_and_TLS_come_from_the_arguments(string arguments, string host, string reached, bool tls)
    {
        var node = _folder.AcceptNode(Node(arguments));

        Assert.Equal((host, reached, tls), (node.Host, node.RpcHost, node.Tls));
    }

    [Fact]
    public void An_open_RPC_without_a_login_is_warned_of() => Assert.Equal(
        ["agent.json:2: nodes[0].arguments: everybody who reaches 0.0.0.0 can use the wallet: --disable-rpc-login goes with a loopback address"],
        _folder.Warnings(Node("--rpc-bind-ip=0.0.0.0|--confirm-external-bind")));

    [Fact]
    public void A_stop_budget_too_short_for_a_hung_daemon_is_warned_of() => Assert.Equal(
        ["agent.json:2: nodes[0].stopBudget: is under 210s: a wallet that waits for a hung daemon is killed before it saved"],
        _folder.Warnings(ConfigFolder.Wallet.Replace("\"port\"", "\"stopBudget\": \"30s\", \"port\"", StringComparison.Ordinal)));

    [Fact]
    public void A_node_keeps_labels_environment_folder_availability_and_budget()
    {
        var node = _folder.AcceptNode(
            """
            { "name": "d", "kind": "daemon", "port": 28081, "folder": "secrets", "labels": { "tier": "hot", "a": "" },
              "environment": { "HOME": "/srv" }, "available": false, "stopBudget": "90s", "program": "bin/monerod" }
            """);

        Assert.Equal(["a", "tier"], node.Labels.Keys);
        Assert.Equal("/srv", node.Environment["HOME"]);
        Assert.Equal(
            (_folder.At("secrets"), false, TimeSpan.FromSeconds(90), _folder.At("bin/monerod")),
            (node.Folder, node.Available, node.StopBudget, node.Program));
    }

    [Fact]
    public void Programs_are_found_on_the_path()
    {
        Assert.Equal(_folder.At("bin/monerod"), _folder.AcceptNode(ConfigFolder.Daemon).Program);
        Assert.Equal(_folder.At("bin/monero-wallet-rpc"), _folder.AcceptNode(ConfigFolder.Wallet).Program);
    }

    private string[] Errors(string arguments) => _folder.NodeErrors(Node(arguments));

    /// <param name="arguments">Divided by '|'; they come after three of a valid node.</param>
    private static string Node(string arguments)
    {
        var all = string.Join(", ", "--wallet-dir=w|--disable-rpc-login|".Split('|').Concat(arguments.Split('|')).Where(a => a != "").Select(a => $"\"{a}\""));
        return $$"""{ "name": "main", "kind": "walletRpc", "port": 18210, "arguments": [{{all}}] }""";
    }

    private string[] WithArguments(string arguments) =>
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": 1, "arguments": [{{arguments}}] }""");
}
