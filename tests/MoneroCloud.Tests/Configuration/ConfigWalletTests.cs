using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigWalletTests
{
    private const string Declared = "\"wallet\": { \"file\": \"alice\", \"password\": \"file:secrets/password\" }";

    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("\"--wallet-dir=wallets\"")]
    [InlineData("\"--wallet-dir\", \"wallets\"")]
    public void A_wallet_in_a_folder_is_declared_with_file_and_password(string argument)
    {
        var node = _folder.AcceptNode(Node(argument, Declared));

        Assert.False(node.WalletFileMode);
        Assert.Equal(("alice", "correct horse", _folder.At("wallets/alice.keys")), (node.Wallet!.File, node.Wallet.Password!.Reveal(), node.Wallet.KeysFile));
    }

    [Fact]
    public void An_empty_password_is_a_line_without_text()
    {
        _folder.Write("secrets/password", "\n");

        Assert.Equal("", _folder.AcceptNode(Node("\"--wallet-dir=w\"", Declared)).Wallet!.Password!.Reveal());
    }

    [Fact]
    public void The_folder_of_wallets_is_relative_to_the_working_folder() => Assert.Equal(
        _folder.At("secrets/w"),
        _folder.AcceptNode(Node("\"--wallet-dir=w\"", Declared + ", \"folder\": \"secrets\"")).Wallet!.Directory);

    [Fact]
    public void A_wallet_on_the_command_line_takes_its_password_from_the_section()
    {
        var node = _folder.AcceptNode(Node("\"--wallet-file=wallets/alice\"", "\"wallet\": { \"password\": \"file:secrets/password\" }"));

        Assert.True(node.WalletFileMode);
        Assert.Equal(("alice", "correct horse", _folder.At("wallets/alice.keys")), (node.Wallet!.File, node.Wallet.Password!.Reveal(), node.Wallet.KeysFile));
        Assert.Contains("--password-file=" + _folder.At("secrets/password"), node.Arguments);
    }

    [Fact]
    public void A_wallet_on_the_command_line_may_bring_its_password_file()
    {
        var node = _folder.AcceptNode(Node("\"--wallet-file\", \"wallets/alice.keys\", \"--password-file\", \"secrets/password\"", "\"available\": true"));

        Assert.Equal(("alice", "correct horse", true), (node.Wallet!.File, node.Wallet.Password!.Reveal(), node.WalletFileMode));
        Assert.Single(node.Arguments, a => a.StartsWith("--password-file", StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_without_a_declared_wallet_has_none() => Assert.Null(_folder.AcceptNode(ConfigFolder.Wallet).Wallet);

    [Theory]
    [InlineData("\"--offline\"", "\"available\": true", "arguments: --wallet-dir or --wallet-file is missing: the program does not start without")]
    [InlineData("\"--offline\"", Declared, "wallet: needs --wallet-dir among the arguments")]
    [InlineData("\"--config-file=c\"", Declared, "wallet: needs --wallet-dir among the arguments")]
    [InlineData("\"--wallet-dir=w\", \"--wallet-file=x\"", Declared, "arguments[2]: --wallet-file cannot be combined with --wallet-dir")]
    [InlineData("\"--wallet-dir=w\"", "\"wallet\": {}", "wallet.file: is missing|wallet.password: is missing")]
    [InlineData("\"--wallet-dir=w\"", "\"wallet\": { \"file\": \"\", \"password\": \"file:secrets/password\" }", "wallet.file: \"\" is empty: it must be a wallet's file name without a folder and without .keys")]
    [InlineData("\"--wallet-dir=w\"", "\"wallet\": { \"file\": \"a/b\", \"password\": \"file:secrets/password\" }", "wallet.file: \"a/b\" is not a wallet's file name without a folder and without .keys")]
    [InlineData("\"--wallet-dir=w\"", "\"wallet\": { \"file\": \"..\", \"password\": \"file:secrets/password\" }", "wallet.file: \"..\" is not a wallet's file name without a folder and without .keys")]
    [InlineData("\"--wallet-dir=w\"", "\"wallet\": { \"file\": \"a.keys\", \"password\": \"file:secrets/password\" }", "wallet.file: \"a.keys\" is not a wallet's file name without a folder and without .keys")]
    [InlineData("\"--wallet-dir=w\"", "\"wallet\": { \"file\": \"a\", \"password\": \"hunter2\" }", "wallet.password: is not file:PATH or env:NAME; a secret itself must not stand in this file")]
    [InlineData("\"--wallet-dir=w\"", "\"wallet\": { \"file\": \"a\", \"password\": \"file:x\" }", "wallet.password: x does not exist, or cannot be reached")]
    [InlineData("\"--wallet-dir=w\"", "\"wallet\": { \"name\": \"a\", \"file\": \"a\", \"password\": \"file:secrets/password\" }", "wallet.name: is not a known key")]
    [InlineData("\"--wallet-file=w/a\"", "\"available\": true", "wallet: --wallet-file needs wallet.password, or --password-file among the arguments")]
    [InlineData("\"--wallet-file=w/a\"", "\"wallet\": { \"password\": \"env:P\" }", "wallet.password: must be a file: with --wallet-file, the program reads it itself")]
    [InlineData("\"--wallet-file=w/a\"", Declared, "wallet.file: \"alice\" is not the wallet of --wallet-file, a; leave it out")]
    [InlineData("\"--wallet-file=w/a\", \"--password-file=x\"", "\"available\": true", "arguments[2]: --password-file: x does not exist, or cannot be reached")]
    [InlineData("\"--wallet-file=w/a\", \"--password-file=secrets/password\"", "\"wallet\": { \"password\": \"file:secrets/password\" }", "arguments[2]: --password-file and wallet.password say the same; keep one")]
    public void A_wallet_that_could_not_be_opened_is_refused(string arguments, string member, string expected) => Assert.Equal(
        expected.Split('|').Select(e => "agent.json:2: nodes[0]." + e),
        _folder.NodeErrors(Node(arguments, member)));

    [Fact]
    public void A_daemon_has_no_wallet() => Assert.Equal(
        ["agent.json:2: nodes[0].wallet: a daemon has no wallet"],
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": 1, {{Declared}} }"""));

    [Fact]
    public void Two_nodes_with_one_wallet_are_refused_also_through_a_link()
    {
        Directory.CreateDirectory(_folder.At("wallets"));
        Directory.CreateSymbolicLink(_folder.At("same"), _folder.At("wallets"));
        var other = """{ "name": "b", "kind": "walletRpc", "port": 2, "arguments": ["--wallet-file=same/alice", "--disable-rpc-login", "--password-file=secrets/password"] }""";

        Assert.Equal(
            ["agent.json:3: nodes[1].wallet: is already the wallet of nodes[0] (line 2): only one process can have it open"],
            _folder.NodeErrors(Node("\"--wallet-dir=wallets\"", Declared), other));
    }

    [Fact]
    public void A_wallet_without_keys_is_warned_of()
    {
        string[] expected = ["agent.json:2: nodes[0].wallet: w/alice.keys does not exist, or cannot be reached"];
        Assert.Equal(expected, _folder.Warnings(Node("\"--wallet-dir=w\"", Declared)));
        Directory.CreateDirectory(_folder.At("w"));
        _folder.Write("w/alice.keys", "");

        Assert.Empty(_folder.Warnings(Node("\"--wallet-dir=w\"", Declared)));
    }

    private static string Node(string arguments, string member) =>
        $$"""{ "name": "main", "kind": "walletRpc", "port": 18210, "arguments": ["--disable-rpc-login", {{arguments}}], {{member}} }""";
}
