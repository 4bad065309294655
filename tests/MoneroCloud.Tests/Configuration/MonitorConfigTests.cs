using System.Net;
using MoneroCloud.Core;
using Xunit;

namespace MoneroCloud.Tests;

public sealed class MonitorConfigTests
{
    private readonly MonitorFolder _folder = new();

    [Fact]
    public void Without_a_file_everything_has_its_default()
    {
        var config = _folder.Accepted(_folder.Source().Read()).Config;

        Assert.Empty(config.Nodes);
        Assert.Equal((_folder.File, _folder.At("monitor-data")), (config.File, config.DataFolder));
        Assert.Equal(("127.0.0.1:7071", "127.0.0.1:5672"), (config.Listen.ToString(), config.BusListen.ToString()));
        Assert.Equal((null, null), (config.PublicUrl, config.AgentsBus));
        Assert.Equal((TimeSpan.FromSeconds(5), 32), (config.Probe.Deadline, config.Probe.Concurrency));
        Assert.Equal((TimeSpan.FromSeconds(60), 3, TimeSpan.FromMinutes(3)), (config.Periods.Report, config.Periods.SilentAfter, config.Periods.Silence));
        Assert.Equal((90, TimeSpan.FromDays(90)), (config.History.RetentionDays, config.History.Retention));
        Assert.Equal((true, TimeSpan.FromMinutes(15)), (config.Alerts.Restarted, config.Alerts.LateAfter));
        Assert.Equal([new LogChannel("log")], config.Channels);
        Assert.Equal((DiagnosisPolicy.Default, HealthPolicy.Default), (config.Diagnosis, config.Health));
    }

    [Fact]
    public void A_file_that_the_operator_named_must_be_there() =>
        Assert.Equal(["monitor.json:1: does not exist, or cannot be reached"], _folder.Refused(_folder.Source(named: true).Read()));

    [Fact]
    public void A_link_that_leads_nowhere_is_not_a_missing_file()
    {
        File.CreateSymbolicLink(_folder.File, _folder.At("elsewhere.json"));

        Assert.Equal(["monitor.json:1: does not exist, or cannot be reached"], _folder.Refused(_folder.Source().Read()));
    }

    [Fact]
    public void A_folder_is_not_a_missing_file()
    {
        Directory.CreateDirectory(_folder.File);

        Assert.Equal(["monitor.json:1: is a folder, not a file"], _folder.Refused(_folder.Source().Read()));
    }

    [Fact]
    public void A_file_over_1_MiB_is_refused_and_one_of_exactly_that_is_read()
    {
        Assert.NotNull(_folder.Accept("{}".PadRight(1024 * 1024)));
        Assert.Equal(["monitor.json:1: is larger than 1024 KiB"], _folder.Errors("{}".PadRight((1024 * 1024) + 1)));
    }

    [Theory]
    [InlineData("[]", "monitor.json:1: must be an object, not a list")]
    [InlineData("{\n  \"data\": tru\n}", "monitor.json:2:14: not valid JSON: an invalid JSON literal. Expected the literal 'true'.")]
    [InlineData("{\n\"data\": \"a\",\n\"data\": \"b\" }", "monitor.json:3: data: is given twice, first on line 2")]
    [InlineData("{ \"prob\": {} }", "monitor.json:1: prob: is not a known key; did you mean \"probe\"?")]
    [InlineData("{ \"miner\": {} }", "monitor.json:1: miner: is not a known key")]
    [InlineData("{ \"data\": null }", "monitor.json:1: data: null is no value; leave the key out")]
    public void What_is_not_such_a_file_is_refused_with_its_place(string json, string expected) => Assert.Equal([expected], _folder.Errors(json));

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_by_line() => Assert.Equal(
        [
            "monitor.json:2: listen: \"localhost:7071\" is not an IP address and a port, such as 127.0.0.1:7071 or [::1]:7071",
            "monitor.json:3: probe.concurrency: 0 is out of range, 1 to 256",
            "monitor.json:4: history.days: is not a known key",
            "monitor.json:5: nodes[\"remote.cold\"].probeUrl: is missing",
        ],
        _folder.Errors(
            """
            {
              "listen": "localhost:7071",
              "probe": { "concurrency": 0 },
              "history": { "days": 5 },
              "nodes": { "remote.cold": { "kind": "daemon" } },
            }
            """));

    [Fact]
    public void Addresses_and_the_data_folder_are_taken_from_the_file()
    {
        var config = _folder.Accept(
            """
            { "listen": "[::1]:80", "bus": { "listen": "127.0.0.2:5000" }, "data": "../d", "publicUrl": "https://m.example.org/fleet", "agentsBus": "amqps://m.example.org" }
            """);

        Assert.Equal((new IPEndPoint(IPAddress.IPv6Loopback, 80), "127.0.0.2:5000"), (config.Listen, config.BusListen.ToString()));
        Assert.Equal(Path.GetFullPath(_folder.At("../d")), config.DataFolder);
        Assert.Equal(("https://m.example.org/fleet/", "amqps://m.example.org:5671/"), (config.PublicUrl!.ToString(), config.AgentsBus!.ToString()));
    }

    [Theory]
    [InlineData("amqp://10.0.0.1", "amqp://10.0.0.1:5672/")]
    [InlineData("amqp://[fd00::1]:7000/", "amqp://[fd00::1]:7000/")]
    public void The_bus_of_agents_has_the_port_of_its_scheme_unless_it_names_one(string text, string expected) =>
        Assert.Equal(expected, _folder.Accept($$"""{ "agentsBus": "{{text}}" }""").AgentsBus!.ToString());

    [Theory]
    [InlineData("\"listen\": \"127.0.0.1\"", "listen: \"127.0.0.1\" is not an IP address and a port, such as 127.0.0.1:7071 or [::1]:7071")]
    [InlineData("\"listen\": \"127.0.0.1:0\"", "listen: \"127.0.0.1:0\" is not an IP address and a port, such as 127.0.0.1:7071 or [::1]:7071")]
    [InlineData("\"listen\": \"127.0.0.1:65536\"", "listen: \"127.0.0.1:65536\" is not an IP address and a port from 1 to 65535")]
    [InlineData("\"listen\": \"300.0.0.1:80\"", "listen: \"300.0.0.1:80\" is not an IP address and a port from 1 to 65535")]
    [InlineData("\"listen\": \"010.0.0.1:80\"", "listen: \"010.0.0.1:80\" is not an IP address and a port from 1 to 65535")]
    [InlineData("\"listen\": 7071", "listen: must be text, not a number")]
    [InlineData("\"listen\": \"127.0.0.1:5672\"", "listen: \"127.0.0.1:5672\" is taken by bus.listen, 127.0.0.1:5672")]
    [InlineData("\"bus\": { \"listen\": \"0.0.0.0:7071\" }", "bus.listen: \"0.0.0.0:7071\" is taken by listen, 127.0.0.1:7071")]
    [InlineData("\"bus\": { \"listen\": \"x\" }", "bus.listen: \"x\" is not an IP address and a port, such as 127.0.0.1:7071 or [::1]:7071")]
    [InlineData("\"bus\": { \"port\": 1 }", "bus.port: is not a known key")]
    [InlineData("\"bus\": \"127.0.0.1:1\"", "bus: must be an object, not text")]
    [InlineData("\"data\": \"\"", "data: \"\" is empty")]
    [InlineData("\"data\": \"monitor.json\"", "data: monitor.json is not a folder")]
    [InlineData("\"publicUrl\": \"monitor.example.org\"", "publicUrl: \"monitor.example.org\" is not an address such as https://monitor.example.org, without a query")]
    [InlineData("\"publicUrl\": \"https://h/?code=hunter2\"", "publicUrl: is not an address such as https://monitor.example.org, without a query")]
    [InlineData("\"publicUrl\": \"https://u:hunter2@h\"", "publicUrl: is not an address such as https://monitor.example.org, without a query")]
    [InlineData("\"publicUrl\": \"https://h:70000\"", "publicUrl: \"https://h:70000\" is not an address: its host, or its port, which is from 1 to 65535, is wrong")]
    [InlineData("\"agentsBus\": \"10.0.0.1:5672\"", "agentsBus: \"10.0.0.1:5672\" is not amqp or amqps, a host and a port, such as amqps://monitor.example.org:5671")]
    [InlineData("\"agentsBus\": \"amqp://u:hunter2@h\"", "agentsBus: is not amqp or amqps, a host and a port, such as amqps://monitor.example.org:5671")]
    [InlineData("\"nodes\": []", "nodes: must be an object of objects, not a list")]
    [InlineData("\"nodes\": { \"main\": {} }", "nodes[\"main\"]: the name is not remote.NAME or AGENT.NAME, where a name is 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit, and no agent is called monitor")]
    [InlineData("\"alerts\": { \"channels\": [] }", "alerts.channels: is empty")]
    [InlineData("\"alerts\": { \"channels\": [5] }", "alerts.channels[0]: must be an object, not a number")]
    [InlineData("\"alerts\": { \"channels\": [{ \"kind\": \"log\" }] }", "alerts.channels[0].name: is missing")]
    [InlineData("\"alerts\": { \"channels\": [{ \"name\": \"log\" }] }", "alerts.channels[0].kind: is missing")]
    [InlineData("\"alerts\": { \"channels\": [{ \"name\": \"a:b\", \"kind\": \"log\" }] }", "alerts.channels[0].name: \"a:b\" is not a name: 1 to 39 of a-z, 0-9 and '-', beginning with a letter or a digit")]
    [InlineData("\"alerts\": { \"channels\": [{ \"name\": \"a\", \"kind\": \"log\" }, { \"name\": \"a\", \"kind\": \"log\" }] }", "alerts.channels[1].name: \"a\" is already the name of another channel")]
    [InlineData("\"alerts\": { \"restarted\": \"on\" }", "alerts.restarted: must be true or false, not text")]
    [InlineData("\"diagnosis\": { \"startGrace\": \"1h\" }", "diagnosis.startGrace: \"1h\" is more than startLimit")]
    [InlineData("\"supervision\": {}", "supervision: is not a known key")]
    public void A_wrong_value_is_refused_with_key_value_and_bound(string member, string expected) =>
        Assert.Equal(["monitor.json:1: " + expected], _folder.Errors($"{{ {member} }}"));

    [Fact]
    public void At_most_16_channels_are_allowed()
    {
        static string Channels(int count) =>
            $$"""{ "alerts": { "channels": [{{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{ "name": "c{{i}}", "kind": "log" }"""))}}] } }""";

        Assert.Equal(16, _folder.Accept(Channels(16)).Channels.Length);
        Assert.Equal(["monitor.json:1: alerts.channels: has 17 entries, at most 16 are allowed"], _folder.Errors(Channels(17)));
    }

    [Fact]
    public void Listening_beyond_loopback_is_allowed_with_a_warning() => Assert.Equal(
        [
            "monitor.json:1: listen: 0.0.0.0:80 is not a loopback address, and keys and answers go in clear: put a TLS proxy or a private network before it",
            "monitor.json:2: bus.listen: 10.0.0.1:5672 is not a loopback address, and logins and messages go in clear: put a TLS proxy or a private network before it",
        ],
        _folder.Warnings("{ \"listen\": \"0.0.0.0:80\",\n\"bus\": { \"listen\": \"10.0.0.1:5672\" } }"));

    [Fact]
    public void What_was_read_once_is_read_again_from_its_stored_text_whatever_file_and_environment_say_by_then()
    {
        _folder.Set("Probe__Deadline", "2s");
        var first = _folder.Accepted(_folder.Read("""{ "data": "d" /* kept */ }"""));
        _folder.Set("Probe__Deadline", "2 years");
        File.WriteAllText(_folder.File, "{");

        Assert.Equal(2, _folder.Refused(_folder.Source().Read()).Length + 1);
        var again = _folder.Accepted(_folder.Source().Again(first.Source));

        Assert.Equal((first.Config.DataFolder, TimeSpan.FromSeconds(2)), (again.Config.DataFolder, again.Config.Probe.Deadline));
        Assert.Equal(first.Source.Json, again.Source.Json);
        Assert.Equal(first.Source.Overrides, again.Source.Overrides);
    }

    [Fact]
    public void No_file_is_read_again_as_no_file()
    {
        var first = _folder.Accepted(_folder.Source().Read());

        Assert.Null(first.Source.Json);
        Assert.Equal(_folder.At("monitor-data"), _folder.Accepted(_folder.Source(named: true).Again(first.Source)).Config.DataFolder);
    }
}
