using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class MonitorNodeTests
{
    private const string Sha256 = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private readonly MonitorFolder _folder = new();

    [Fact]
    public void A_remote_node_says_everything_about_itself()
    {
        _folder.Set("NODE_LOGIN_COLD", "alice:hunter2");

        var node = _folder.AcceptNode<ConfiguredNode.Remote>(
            """
            "remote.cold": { "kind": "walletRpc", "probeUrl": "http://10.0.0.7:18082", "wallet": true, "available": false, "labels": { "tier": "cold" }, "loginSecret": "NODE_LOGIN_COLD" }
            """);

        Assert.Equal(("remote.cold", NodeKind.WalletRpc, true, false), (node.Id.ToString(), node.Kind, node.Wallet, node.Available));
        Assert.Equal(("http://10.0.0.7:18082/", "NODE_LOGIN_COLD", "cold"), (node.ProbeUrl.ToString(), node.LoginSecret.ToString(), node.Labels["tier"]));
        Assert.IsType<TlsTrust.SystemRoots>(node.Tls);
    }

    [Fact]
    public void A_remote_node_is_available_and_without_a_declared_wallet_unless_it_says_so()
    {
        var node = _folder.AcceptNode<ConfiguredNode.Remote>(MonitorFolder.Remote);

        Assert.Equal((false, true, null, 0), (node.Wallet, node.Available, node.LoginSecret, node.Labels.Count));
    }

    [Fact]
    public void A_node_of_an_agent_has_an_address_and_what_is_trusted_there()
    {
        var node = _folder.AcceptNode<ConfiguredNode.OfAgent>(MonitorFolder.OfAgent);

        Assert.Equal(("host-1.main", "https://10.0.0.5:18210/"), (node.Id.ToString(), node.ProbeUrl.ToString()));
    }

    [Theory]
    [InlineData("https://h", "https://h/")]
    [InlineData("http://wallet.example.org:1/", "http://wallet.example.org:1/")]
    [InlineData("https://[fd00::5]:65535", "https://[fd00::5]:65535/")]
    public void A_probe_address_is_scheme_host_and_port(string url, string expected) =>
        Assert.Equal(expected, _folder.AcceptNode<ConfiguredNode.OfAgent>($$"""  "a.b": { "probeUrl": "{{url}}" } """).ProbeUrl.ToString());

    [Theory]
    [InlineData("ftp://h:1")]
    [InlineData("h:18082")]
    [InlineData("http://h:1/json_rpc")]
    [InlineData("http://h:1#x")]
    [InlineData("http://h:0")]
    [InlineData("http://h:000001")]
    [InlineData("http://-h:1")]
    [InlineData("http://h h:1")]
    [InlineData("http:///")]
    [InlineData("http://h:1\\n")]
    public void Anything_else_is_no_probe_address(string url) => Assert.EndsWith(
        "is not http or https, a host and a port, such as https://10.0.0.5:18082, and nothing else",
        Assert.Single(_folder.NodeErrors($$"""  "a.b": { "probeUrl": "{{url}}" } """)));

    [Theory]
    [InlineData("http://h:65536")]
    [InlineData("http://[:::]:1")]
    public void A_probe_address_with_a_wrong_host_or_port_is_refused(string url) => Assert.Equal(
        [$"monitor.json:2: nodes[\"a.b\"].probeUrl: \"{url}\" is not an address: its host, or its port, which is from 1 to 65535, is wrong"],
        _folder.NodeErrors($$"""  "a.b": { "probeUrl": "{{url}}" } """));

    [Theory]
    [InlineData("remote.UP")]
    [InlineData("monitor.x")]
    [InlineData("remote.")]
    [InlineData(".x")]
    [InlineData("a.b.c")]
    [InlineData("a-very-long-name-of-an-agent-of-40-charac.b")]
    public void A_key_that_is_no_id_is_refused(string id) => Assert.StartsWith(
        $"monitor.json:2: nodes[\"{id}\"]: the name is not remote.NAME or AGENT.NAME",
        Assert.Single(_folder.NodeErrors($$"""  "{{id}}": { "probeUrl": "http://h" } """)));

    [Theory]
    [InlineData("kind", "\"walletRpc\"")]
    [InlineData("wallet", "true")]
    [InlineData("labels", "{}")]
    [InlineData("available", "true")]
    public void What_an_agent_tells_cannot_stand_here(string key, string value) => Assert.Equal(
        [$"monitor.json:2: nodes[\"a.b\"].{key}: is not a known key: of an agent's node only probeUrl, tls and loginSecret stand here, the agent tells the rest"],
        _folder.NodeErrors($$"""  "a.b": { "probeUrl": "http://h", "{{key}}": {{value}} } """));

    [Theory]
    [InlineData("\"probeUrl\": \"http://h\"", "kind: is missing")]
    [InlineData("\"kind\": \"daemon\"", "probeUrl: is missing")]
    [InlineData("\"kind\": \"miner\", \"probeUrl\": \"http://h\"", "kind: \"miner\" must be \"walletRpc\" or \"daemon\"")]
    [InlineData("\"kind\": \"daemon\", \"probeUrl\": \"http://h\", \"wallet\": true", "wallet: a daemon has no wallet")]
    [InlineData("\"kind\": \"daemon\", \"probeUrl\": \"http://h\", \"wallet\": { \"file\": \"x\" }", "wallet: must be true or false, not an object")]
    [InlineData("\"kind\": \"daemon\", \"probeUrl\": \"http://h\", \"available\": 1", "available: must be true or false, not a number")]
    [InlineData("\"kind\": \"daemon\", \"probeUrl\": \"http://h\", \"labels\": { \"a b\": \"\" }", "labels.a b: the name is not a label's name: letters, digits, '.', '_', '/' and '-', beginning with a letter or a digit")]
    [InlineData("\"kind\": \"daemon\", \"probeURL\": \"http://h\", \"probeUrl\": \"http://h\"", "probeURL: is not a known key; did you mean \"probeUrl\"?")]
    [InlineData("\"kind\": \"daemon\", \"probeUrl\": \"http://h\", \"tls\": { \"caFile\": \"ca.pem\" }", "tls: goes with an https address, and probeUrl is http")]
    public void A_wrong_remote_node_is_refused(string members, string expected)
    {
        _folder.WriteCertificate("ca.pem");

        Assert.Contains($"monitor.json:2: nodes[\"remote.r\"].{expected}", _folder.NodeErrors($$"""  "remote.r": { {{members}} } """));
    }

    [Fact]
    public void An_entry_that_is_no_object_is_refused() =>
        Assert.Equal(["monitor.json:2: nodes[\"a.b\"]: must be an object, not text"], _folder.NodeErrors(""" "a.b": "http://h" """));

    [Fact]
    public void A_node_given_twice_is_refused() =>
        Assert.Equal("monitor.json:3: nodes.remote.cold: is given twice, first on line 2", Assert.Single(_folder.NodeErrors(MonitorFolder.Remote, MonitorFolder.Remote)));

    [Theory]
    [InlineData(Sha256)]
    [InlineData("00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff")]
    public void A_fingerprint_is_taken_in_both_its_forms(string text) => Assert.Equal(
        new TlsTrust.Fingerprint(Sha256.ToUpperInvariant()),
        _folder.AcceptNode<ConfiguredNode.OfAgent>(Tls($$"""{ "fingerprint": "{{text}}" }""")).Tls);

    [Fact]
    public void A_file_of_authorities_is_taken_from_the_folder_of_the_file()
    {
        _folder.WriteCertificate("tls/ca.pem");

        Assert.Equal(new TlsTrust.CaFile(_folder.At("tls/ca.pem")), _folder.AcceptNode<ConfiguredNode.OfAgent>(Tls("""{ "caFile": "tls/ca.pem" }""")).Tls);
    }

    [Theory]
    [InlineData("{}", "tls: must have exactly one of fingerprint and caFile")]
    [InlineData("{ \"fingerprint\": \"" + Sha256 + "\", \"caFile\": \"ca.pem\" }", "tls: must have exactly one of fingerprint and caFile")]
    [InlineData("true", "tls: must be an object, not true or false")]
    [InlineData("{ \"fingerprint\": \"00:11\" }", "tls.fingerprint: \"00:11\" is not the SHA-256 fingerprint of a certificate: 64 hexadecimal digits, with or without ':'")]
    [InlineData("{ \"caFile\": \"none.pem\" }", "tls.caFile: none.pem does not exist, or cannot be reached")]
    [InlineData("{ \"caFile\": \".\" }", "tls.caFile: . is a folder, not a file")]
    [InlineData("{ \"caFile\": \"monitor.json\" }", "tls.caFile: monitor.json holds no certificate in PEM form")]
    public void Trust_that_is_not_one_thing_is_refused(string tls, string expected)
    {
        _folder.WriteCertificate("ca.pem");

        Assert.Equal([$"monitor.json:2: nodes[\"a.b\"].{expected}"], _folder.NodeErrors(Tls(tls)).Select(e => e.Replace(_folder.Folder, ".", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("MONITOR_SIGNING_KEY")]
    [InlineData("NODE_LOGIN_")]
    [InlineData("NODE_LOGIN_a")]
    [InlineData("node_login_A")]
    [InlineData("env:NODE_LOGIN_A")]
    [InlineData("alice:hunter2")]
    public void A_login_is_named_by_a_variable_of_its_own_kind_and_what_stands_there_instead_is_not_shown(string text) => Assert.Equal(
        ["monitor.json:2: nodes[\"a.b\"].loginSecret: is not NODE_LOGIN_ and then 1 to 100 of A-Z, 0-9 and '_': the name of a variable; a secret itself must not stand in this file"],
        _folder.NodeErrors(Login(text)));

    [Theory]
    [InlineData(null, "NODE_LOGIN_A is not set")]
    [InlineData("", "NODE_LOGIN_A is not set")]
    [InlineData("hunter2", "NODE_LOGIN_A does not hold user:password")]
    [InlineData(":hunter2", "NODE_LOGIN_A does not hold user:password")]
    [InlineData("hunter2:", "NODE_LOGIN_A does not hold user:password")]
    [InlineData("u:hunter2\n", "NODE_LOGIN_A holds more than one line, or control characters")]
    public void A_login_that_is_not_there_is_warned_of_and_refuses_nothing(string? value, string expected)
    {
        if (value is not null)
        {
            _folder.Set("NODE_LOGIN_A", value);
        }

        Assert.Equal([$"monitor.json:2: nodes[\"a.b\"].loginSecret: {expected}: the node is probed without a login"], _folder.Warnings(MonitorFolder.Nodes(Login("NODE_LOGIN_A"))));
    }

    [Fact]
    public void A_login_is_fetched_from_its_variable()
    {
        _folder.Set("NODE_LOGIN_A", "alice:hunter2");

        var name = _folder.AcceptNode<ConfiguredNode.OfAgent>(Login("NODE_LOGIN_A")).LoginSecret!.Value;

        Assert.NotNull(name.Read(_folder.Variables, out var problem));
        Assert.Null(problem);
    }

    [Fact]
    public void No_message_and_no_text_of_a_configuration_shows_a_secret()
    {
        _folder.Set("NODE_LOGIN_A", "alice:hunter2");
        _folder.Set("PublicUrl", "https://u:hunter2@h");
        string[] nodes =
        [
            """ "a.b": { "probeUrl": "http://u:hunter2@h", "loginSecret": "u:hunter2" } """,
            """ "a.c": { "probeUrl": "http://h?key=hunter2", "loginSecret": ["hunter2"] } """,
        ];

        Assert.Equal(5, _folder.NodeErrors(nodes).Length);
        Assert.DoesNotContain("hunter2", string.Join('\n', _folder.NodeErrors(nodes)));
        _folder.Variables = _folder.Variables.Remove("PublicUrl");
        Assert.DoesNotContain("hunter2", _folder.Accepted(_folder.Read(MonitorFolder.Nodes(Login("NODE_LOGIN_A")))).ToString());
    }

    [Fact]
    public void Ten_thousand_nodes_are_read_and_one_more_is_refused()
    {
        static string Many(int count) => "{ \"nodes\": {" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"a.n{i}\":{{\"probeUrl\":\"http://h:{i % 60000 + 1}\"}}")) + "} }";

        Assert.Equal(10_000, _folder.Accept(Many(10_000)).Nodes.Length);
        Assert.Equal(["monitor.json:1: nodes: has 10001 entries, at most 10000 are allowed"], _folder.Errors(Many(10_001)));
    }

    private static string Tls(string tls) => $$""" "a.b": { "probeUrl": "https://h:1", "tls": {{tls}} } """;

    private static string Login(string name) => $$""" "a.b": { "probeUrl": "http://h:1", "loginSecret": "{{name}}" } """;
}
