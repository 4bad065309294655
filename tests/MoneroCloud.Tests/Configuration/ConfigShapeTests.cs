using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigShapeTests
{
    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("\"agnet\": \"a\"", "agnet: is not a known key; did you mean \"agent\"?")]
    [InlineData("\"Nodes\": []", "Nodes: is not a known key; did you mean \"nodes\"?")]
    [InlineData("\"wallets\": {}", "wallets: is not a known key")]
    [InlineData("\"agent\": 5", "agent: must be text, not a number")]
    [InlineData("\"agent\": null", "agent: null is no value; leave the key out")]
    [InlineData("\"agent\": \"\"", "agent: \"\" is empty: it must be a name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("\"agent\": \"Host\"", "agent: \"Host\" is not a name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("\"agent\": \"host\\n\"", "agent: is not a name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("\"agent\": \"remote\"", "agent: \"remote\" is reserved: an agent is called neither remote nor monitor")]
    [InlineData("\"agent\": \"monitor\"", "agent: \"monitor\" is reserved: an agent is called neither remote nor monitor")]
    [InlineData("\"stateFolder\": \"agent.json\"", "stateFolder: agent.json is not a folder")]
    [InlineData("\"stateFolder\": []", "stateFolder: must be text, not a list")]
    [InlineData("\"health\": { \"fail\": 0 }", "health.fail: 0 is out of range, 1 to 10")]
    [InlineData("\"health\": { \"fail\": 11 }", "health.fail: 11 is out of range, 1 to 10")]
    [InlineData("\"health\": { \"recover\": 0 }", "health.recover: 0 is out of range, 1 to 10")]
    [InlineData("\"health\": { \"recover\": 1.5 }", "health.recover: 1.5 must be a whole number")]
    [InlineData("\"health\": { \"recover\": 99999999999999999999 }", "health.recover: 99999999999999999999 is out of range, 1 to 10")]
    [InlineData("\"health\": { \"recover\": \"2\" }", "health.recover: must be a whole number, not text")]
    [InlineData("\"health\": { \"fails\": 2 }", "health.fails: is not a known key; did you mean \"fail\"?")]
    [InlineData("\"health\": []", "health: must be an object, not a list")]
    [InlineData("\"checks\": { \"period\": \"999ms\" }", "checks.period: \"999ms\" is out of range, 1s to 10m")]
    [InlineData("\"checks\": { \"period\": \"1h\" }", "checks.period: \"1h\" is out of range, 1s to 10m")]
    [InlineData("\"checks\": { \"period\": \"10\" }", "checks.period: \"10\" must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\"")]
    [InlineData("\"checks\": { \"period\": \"1.5s\" }", "checks.period: \"1.5s\" must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\"")]
    [InlineData("\"checks\": { \"period\": 10 }", "checks.period: must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\", not a number")]
    [InlineData("\"checks\": { \"fastPeriod\": \"11s\" }", "checks.fastPeriod: \"11s\" is more than period")]
    [InlineData("\"supervision\": { \"backOffMax\": \"1s\", \"backOffMin\": \"2s\" }", "supervision.backOffMin: \"2s\" is more than backOffMax")]
    [InlineData("\"supervision\": { \"breakerMax\": \"5m\" }", "supervision.breakerMax: \"5m\" is less than breakerOpen")]
    [InlineData("\"diagnosis\": { \"startGrace\": \"20m\" }", "diagnosis.startGrace: \"20m\" is more than startLimit")]
    [InlineData("\"diagnosis\": { \"diskLowShare\": 1.5 }", "diagnosis.diskLowShare: 1.5 is out of range, 0 to 1")]
    [InlineData("\"diagnosis\": { \"diskLowShare\": true }", "diagnosis.diskLowShare: must be a number, not true or false")]
    public void A_wrong_value_is_refused_with_its_bound(string member, string expected) =>
        Assert.Equal(["agent.json:2: " + expected], _folder.Errors("{\n" + member + ",\n\"nodes\": [" + ConfigFolder.Wallet + "] }"));

    [Theory]
    [InlineData("{\n}", "agent.json:1: nodes: is missing")]
    [InlineData("{\n\"nodes\": [] }", "agent.json:2: nodes: is empty")]
    [InlineData("{\n\"nodes\": {} }", "agent.json:2: nodes: must be a list of objects, not an object")]
    [InlineData("{\n\"nodes\": [\n5] }", "agent.json:3: nodes[0]: must be an object, not a number")]
    public void A_file_without_nodes_is_refused(string json, string expected) => Assert.Equal([expected], _folder.Errors(json));

    [Fact]
    public void A_node_must_have_name_kind_and_port() => Assert.Equal(
        ["agent.json:2: nodes[0].name: is missing", "agent.json:2: nodes[0].kind: is missing", "agent.json:2: nodes[0].port: is missing"],
        _folder.NodeErrors("{}"));

    [Fact]
    public void Everything_wrong_is_reported_at_once_in_the_order_of_lines() => Assert.Equal(
        [
            "agent.json:2: agent: \"A\" is not a name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit",
            "agent.json:5: nodes[0].kind: \"wallet\" must be \"walletRpc\" or \"daemon\"",
            "agent.json:6: nodes[0].port: 80000 is out of range, 1 to 65535",
            "agent.json:8: nodes[1].prot: is not a known key; did you mean \"port\"?",
            "agent.json:8: nodes[1].port: is missing",
            "agent.json:10: health.fail: 0 is out of range, 1 to 10",
        ],
        _folder.Errors(
            """
            {
              "agent": "A",
              "nodes": [
                { "name": "a",
                  "kind": "wallet",
                  "port": 80000
                },
                { "name": "b", "kind": "daemon", "prot": 1 }
              ],
              "health": { "fail": 0 }
            }
            """));

    [Fact]
    public void A_host_name_that_is_no_agent_name_asks_for_one()
    {
        _folder.Host = _folder.Host with { HostName = "Web_1" };

        Assert.Equal(
            ["agent.json:1: agent: is missing, and the machine's host name, \"Web_1\", is not a name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit"],
            _folder.NodeErrors(ConfigFolder.Wallet));
    }

    [Fact]
    public void More_than_1000_nodes_are_refused()
    {
        var nodes = Enumerable.Range(1, 1_001).Select(i => $$"""{ "name": "n{{i}}", "kind": "daemon", "port": {{i}} }""").ToArray();

        Assert.Equal(["agent.json:1: nodes: has 1001 entries, at most 1000 are allowed"], _folder.NodeErrors(nodes));
        Assert.IsType<Agent.ConfigResult.Ok>(_folder.ReadNodes(nodes[..1_000]));
    }

    [Fact]
    public void A_state_folder_too_long_for_its_socket_is_refused()
    {
        var path = "/" + new string('a', 95);

        Assert.Equal(
            [$"agent.json:1: stateFolder: {path}a is too long: with control.sock a path of at most 107 bytes is allowed"],
            _folder.Errors($$"""{ "stateFolder": "{{path}}a", "nodes": [{{ConfigFolder.Wallet}}] }"""));
        Assert.Equal(path[..94], _folder.Accept($$"""{ "stateFolder": "{{path[..94]}}", "nodes": [{{ConfigFolder.Wallet}}] }""").StateFolder);
    }

    [Fact]
    public void Without_a_home_a_state_folder_must_be_given()
    {
        _folder.Host = _folder.Host with { User = 1000, Variables = _folder.Host.Variables.Remove("HOME") };

        Assert.Contains(
            "agent.json:1: stateFolder: is missing, and neither XDG_STATE_HOME nor HOME says where it should be",
            _folder.NodeErrors(ConfigFolder.Wallet));
    }
}
