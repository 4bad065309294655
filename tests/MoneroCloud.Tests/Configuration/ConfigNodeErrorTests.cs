using System.Collections.Immutable;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class ConfigNodeErrorTests
{
    private const string NameRule = "1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit";

    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("0", "0 is out of range, 1 to 65535")]
    [InlineData("-1", "-1 is out of range, 1 to 65535")]
    [InlineData("65536", "65536 is out of range, 1 to 65535")]
    [InlineData("80000", "80000 is out of range, 1 to 65535")]
    [InlineData("18210.5", "18210.5 must be a whole number")]
    [InlineData("\"18210\"", "must be a whole number, not text")]
    [InlineData("40000", "40000 is inside ip_local_port_range, 32768 to 60999: while nothing listens there, a connection to it can be given the same port and reach itself, which looks open and then keeps the program from binding it for 60 s")]
    public void A_port_that_cannot_be_used_is_refused(string port, string expected) => Assert.Equal(
        [$"agent.json:2: nodes[0].port: {expected}"],
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": {{port}} }"""));

    [Theory]
    [InlineData("32767")]
    [InlineData("61000")]
    [InlineData("40001")]
    public void A_port_beside_the_range_or_reserved_in_it_is_allowed(string port)
    {
        _folder.Host = _folder.Host with { OutgoingPorts = PortRange.Parse("32768\t60999\n", "8080,40001-40002\n") };

        Assert.Equal(port, $"{_folder.AcceptNode($$"""{ "name": "d", "kind": "daemon", "port": {{port}} }""").Port}");
    }

    [Theory]
    [InlineData("Main")]
    [InlineData("-main")]
    [InlineData("ma.in")]
    [InlineData("a23456789012345678901234567890123456789x")]
    public void A_bad_name_is_refused_with_the_rule(string name) => Assert.Equal(
        [$"agent.json:2: nodes[0].name: \"{name}\" is not a name: {NameRule}"],
        _folder.NodeErrors($$"""{ "name": "{{name}}", "kind": "daemon", "port": 1 }"""));

    [Fact]
    public void Names_that_are_too_long_together_for_the_monitor_are_refused() =>
        Assert.Equal(
            ["agent.json:1: nodes: the names of all nodes have 39000 characters together: at most 24000"],
            new ConfigFolder().NodeErrors([.. Enumerable.Range(1, 1_000).Select(i => $$"""{ "name": "{{new string('n', 35)}}{{i % 1_000:d4}}", "kind": "daemon", "port": {{i + 1_024}} }""")]).Take(1));

    [Fact]
    public void Names_and_ports_must_be_unique() => Assert.Equal(
        [
            "agent.json:3: nodes[1].name: \"daemon\" is already the name of nodes[0] (line 2)",
            "agent.json:3: nodes[1].port: 28081 is already the port of nodes[0] (line 2)",
        ],
        _folder.NodeErrors(ConfigFolder.Daemon, ConfigFolder.Daemon));

    [Theory]
    [InlineData("nowhere", "nowhere is in no folder of PATH")]
    [InlineData("secrets", "secrets is in no folder of PATH")]
    [InlineData("./nowhere", "nowhere does not exist, or cannot be reached")]
    [InlineData("./secrets", "secrets is a folder")]
    [InlineData("/dev/null", "/dev/null is not a file")]
    [InlineData("./agent.json", "agent.json is not executable")]
    public void A_program_that_cannot_run_is_refused(string program, string expected) => Assert.Equal(
        [$"agent.json:2: nodes[0].program: {expected}"],
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": 1, "program": "{{program}}" }"""));

    [Fact]
    public void A_default_program_that_is_not_installed_is_refused()
    {
        _folder.Host = _folder.Host with { Variables = ImmutableDictionary<string, string>.Empty.Add("PATH", "/nowhere:relative:").Add("HOME", "/root") };

        Assert.Equal(
            ["agent.json:2: nodes[0].program: monerod is in no folder of PATH", "agent.json:3: nodes[1].program: monero-wallet-rpc is in no folder of PATH"],
            _folder.NodeErrors(ConfigFolder.Daemon, ConfigFolder.Wallet));
    }

    [Fact]
    public void A_working_folder_must_exist() => Assert.Equal(
        ["agent.json:2: nodes[0].folder: nowhere is not a folder"],
        _folder.NodeErrors("""{ "name": "d", "kind": "daemon", "port": 1, "folder": "nowhere" }"""));

    [Theory]
    [InlineData("\"RPC_LOGIN\": \"a:b\"", ".RPC_LOGIN: is the agent's to set; use \"login\"")]
    [InlineData("\"MONEROCLOUD_INSTANCE\": \"x\"", ".MONEROCLOUD_INSTANCE: is the agent's to set")]
    [InlineData("\"MONEROCLOUD_X\": \"x\"", ".MONEROCLOUD_X: is the agent's to set")]
    [InlineData("\"1A\": \"x\"", ".1A: the name is not a variable's name: letters, digits and '_', not beginning with a digit")]
    [InlineData("\"A=B\": \"x\"", ".A=B: the name is not a variable's name: letters, digits and '_', not beginning with a digit")]
    [InlineData("\"A\": 1", ".A: must be text, not a number")]
    public void A_variable_that_is_not_the_operators_is_refused_without_its_value(string member, string expected) => Assert.Equal(
        [$"agent.json:2: nodes[0].environment{expected}"],
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": 1, "environment": { {{member}} } }"""));

    [Fact]
    public void Labels_have_bounds()
    {
        var many = string.Join(", ", Enumerable.Range(0, 65).Select(i => $"\"l{i}\": \"\""));

        Assert.Equal(["agent.json:2: nodes[0].labels: has 65 entries, at most 64 are allowed"], Labels(many));
        Assert.Equal(
            ["agent.json:2: nodes[0].labels.a b: the name is not a label's name: letters, digits, '.', '_', '/' and '-', beginning with a letter or a digit"],
            Labels("\"a b\": \"x\""));
        Assert.Equal(
            [$"agent.json:2: nodes[0].labels.{new string('a', 64)}: the name is too long: 64 characters, at most 63 are allowed"],
            Labels($"\"{new string('a', 64)}\": \"x\""));
        Assert.Equal(["agent.json:2: nodes[0].labels.a: is too long: 256 characters, at most 255 are allowed"], Labels($"\"a\": \"{new string('x', 256)}\""));
        Assert.Equal(["agent.json:2: nodes[0].labels.a: is not without control characters"], Labels("\"a\": \"x\\ny\""));
    }

    [Theory]
    [InlineData("500ms", "\"500ms\" is out of range, 1s to 1h")]
    [InlineData("61m", "\"61m\" is out of range, 1s to 1h")]
    [InlineData("soon", "\"soon\" must be a duration such as \"500ms\", \"30s\", \"10m\" or \"2h\"")]
    public void A_stop_budget_has_bounds(string budget, string expected) => Assert.Equal(
        [$"agent.json:2: nodes[0].stopBudget: {expected}"],
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": 1, "stopBudget": "{{budget}}" }"""));

    [Fact]
    public void An_availability_is_true_or_false() => Assert.Equal(
        ["agent.json:2: nodes[0].available: must be true or false, not text"],
        _folder.NodeErrors("""{ "name": "d", "kind": "daemon", "port": 1, "available": "no" }"""));

    private string[] Labels(string members) =>
        _folder.NodeErrors($$"""{ "name": "d", "kind": "daemon", "port": 1, "labels": { {{members}} } }""");
}
