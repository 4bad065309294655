using MoneroCloud.Agent;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A node that somebody else runs, in agent.json.</summary>
public sealed class ConfigWatchedTests
{
    private readonly ConfigFolder _folder = new();

    public ConfigWatchedTests() => _folder.Write("bin/systemctl", "#!/bin/sh", "755");

    [Fact]
    public void It_has_what_there_are_no_arguments_to_read_from()
    {
        var node = _folder.AcceptNode(Node("""
            "unit": "pay@shop.service", "unitManager": "user", "host": "::1", "tls": true, "logFile": "log/w.log", "login": "file:secrets/login",
            "wallet": { "folder": "wallets", "file": "till", "atStart": true }, "daemon": "10.0.0.5:18081", "labels": { "tier": "hot" }, "available": false
            """));

        Assert.Equal((NodeManage.Watch, new UnitConfig("pay@shop.service", true, _folder.At("bin/systemctl")), true), (node.Manage, node.Unit, node.IsRestartable));
        Assert.Equal(("::1", true, _folder.At("log/w.log"), "alice:hunter2"), (node.Host, node.Tls, node.LogFile, node.Login!.Reveal()));
        Assert.Equal((_folder.At("wallets/till.keys"), true, (Secret?)null), (node.Wallet!.KeysFile, node.WalletFileMode, node.Wallet.Password));
        Assert.Equal(("10.0.0.5:18081", false, "hot"), (node.Daemon!.Address, node.Available, node.Labels["tier"]));
        Assert.Equal(("", 0), (node.Program, node.Arguments.Length));
    }

    [Fact]
    public void The_port_is_enough()
    {
        var node = _folder.AcceptNode(Node("\"labels\": {}"));

        Assert.Equal((NodeManage.Watch, false, "127.0.0.1", false), (node.Manage, node.IsRestartable, node.Host, node.Tls));
        Assert.Equal((null, null, null, null, null), (node.Unit, node.LogFile, node.Login, node.Wallet, node.Daemon));
    }

    [Theory]
    [InlineData("\"program\": \"/bin/true\"", "program")]
    [InlineData("\"arguments\": [\"--x\"]", "arguments")]
    [InlineData("\"environment\": { \"A\": \"b\" }", "environment")]
    [InlineData("\"folder\": \"/\"", "folder")]
    [InlineData("\"stopBudget\": \"10s\"", "stopBudget")]
    public void What_only_starts_or_stops_it_is_refused(string member, string key) => Assert.Equal(
        [$"agent.json:2: nodes[0].{key}: means nothing for a watched node: the agent never starts or stops it"],
        _folder.NodeErrors(Node(member)));

    [Theory]
    [InlineData("\"manage\": \"own\", \"unit\": \"a.service\"", "unit")]
    [InlineData("\"unitManager\": \"user\"", "unitManager")]
    [InlineData("\"host\": \"127.0.0.1\"", "host")]
    [InlineData("\"tls\": true", "tls")]
    [InlineData("\"logFile\": \"x\"", "logFile")]
    public void What_only_a_watched_node_has_is_refused_in_an_own_one(string member, string key) => Assert.Equal(
        [$"agent.json:2: nodes[0].{key}: belongs to a watched node, \"manage\": \"watch\"; the agent's own has it from its arguments, or from nowhere"],
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": 1, {{member}} }"""));

    [Theory]
    [InlineData("\"manage\": \"guard\"", "manage: \"guard\" must be \"own\" or \"watch\"")]
    [InlineData("\"manage\": true", "manage: must be \"own\" or \"watch\", not true or false")]
    [InlineData("\"manage\": \"watch\", \"unit\": \"wallet\"", "unit: \"wallet\" is not a systemd service's name in full, such as \"wallet.service\"")]
    [InlineData("\"manage\": \"watch\", \"unit\": \"-a.service\"", "unit: \"-a.service\" is not a systemd service's name in full, such as \"wallet.service\"")]
    [InlineData("\"manage\": \"watch\", \"unit\": \"a@.service\"", "unit: \"a@.service\" is not a systemd service's name in full, such as \"wallet.service\"")]
    [InlineData("\"manage\": \"watch\", \"unit\": \"a b.service\"", "unit: \"a b.service\" is not a systemd service's name in full, such as \"wallet.service\"")]
    [InlineData("\"manage\": \"watch\", \"unit\": \"a;b.service\"", "unit: \"a;b.service\" is not a systemd service's name in full, such as \"wallet.service\"")]
    [InlineData("\"manage\": \"watch\", \"unit\": \"a.socket\"", "unit: \"a.socket\" is not a systemd service's name in full, such as \"wallet.service\"")]
    [InlineData("\"manage\": \"watch\", \"unitManager\": \"user\"", "unitManager: \"user\" goes with \"unit\", which is missing")]
    [InlineData("\"manage\": \"watch\", \"unit\": \"a.service\", \"unitManager\": \"root\"", "unitManager: \"root\" must be \"system\" or \"user\"")]
    [InlineData("\"manage\": \"watch\", \"host\": \"localhost\"", "host: \"localhost\" is not an IP address")]
    [InlineData("\"manage\": \"watch\", \"host\": \"127.1\"", "host: \"127.1\" is not an IP address")]
    [InlineData("\"manage\": \"watch\", \"wallet\": { \"folder\": \"w\", \"file\": \"a\" }", "wallet: a daemon has no wallet")]
    public void A_value_that_cannot_be_is_refused_with_its_key(string member, string expected) => Assert.Equal(
        [$"agent.json:2: nodes[0].{expected}"],
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": 1, {{member}} }"""));

    [Fact]
    public void Its_wallet_is_named_by_folder_and_file_and_is_never_opened()
    {
        Assert.Equal(
            ["agent.json:2: nodes[0].wallet.password: means nothing for a watched node: the agent never opens its wallet"],
            _folder.NodeErrors(Node("\"wallet\": { \"folder\": \"w\", \"file\": \"a\", \"password\": \"file:secrets/password\" }")));
        Assert.Equal(
            ["agent.json:2: nodes[0].wallet.file: is missing", "agent.json:2: nodes[0].wallet.folder: is missing"],
            _folder.NodeErrors(Node("\"wallet\": {}")));
        Assert.Equal(
            ["agent.json:2: nodes[0].wallet.folder: belongs to a watched node; of the agent's own the arguments tell it"],
            _folder.NodeErrors("""{ "name": "d", "kind": "walletRpc", "port": 1, "arguments": ["--wallet-dir", "w", "--disable-rpc-login"], "wallet": { "folder": "w", "file": "a", "password": "file:secrets/password" } }"""));
    }

    [Fact]
    public void A_unit_runs_one_node_and_needs_systemctl()
    {
        Assert.Equal(
            ["agent.json:3: nodes[1].unit: \"a.service\" is already the unit of nodes[0] (line 2): a restart would take both along"],
            _folder.NodeErrors(Node("\"unit\": \"a.service\""), """{ "name": "e", "kind": "daemon", "port": 2, "manage": "watch", "unit": "a.service" }"""));

        File.Delete(_folder.At("bin/systemctl"));
        Assert.Equal(
            ["agent.json:2: nodes[0].unit: \"a.service\" needs systemctl, which is in no folder of PATH"],
            _folder.NodeErrors(Node("\"unit\": \"a.service\"")));
    }

    [Fact]
    public void The_documented_example_is_valid_but_for_its_wallet()
    {
        _folder.WriteExampleSecrets();

        var ok = Assert.IsType<ConfigResult.Ok>(_folder.Read(ConfigExample.Watched));

        Assert.All(ok.Config.Nodes, n => Assert.Equal(NodeManage.Watch, n.Manage));
        Assert.All(ok.Warnings, w => Assert.EndsWith(".keys does not exist, or cannot be reached", w.Message));
    }

    [Fact]
    public void What_is_looked_for_decides_whether_a_reload_looks_anew()
    {
        var before = _folder.AcceptNode(Node("\"unit\": \"a.service\""));

        Assert.True(before.IsFoundLike(_folder.AcceptNode(Node("\"unit\": \"a.service\", \"logFile\": \"x\", \"labels\": { \"a\": \"b\" }"))));
        Assert.False(before.IsFoundLike(_folder.AcceptNode(Node("\"unit\": \"b.service\""))));
        Assert.False(before.IsFoundLike(_folder.AcceptNode(Node("\"labels\": {}"))));
        Assert.False(before.IsFoundLike(_folder.AcceptNode(ConfigFolder.Wallet)));
        Assert.True(_folder.AcceptNode(ConfigFolder.Wallet).IsFoundLike(_folder.AcceptNode(ConfigFolder.Wallet.Replace("18210", "18211", StringComparison.Ordinal))));
    }

    private static string Node(string members) => $$"""{ "name": "w", "kind": "walletRpc", "port": 18210, "manage": "watch", {{members.ReplaceLineEndings(" ")}} }""";
}
