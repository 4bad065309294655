using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary><c>monerocloud enroll</c> with a real configuration, over real HTTP.</summary>
public sealed class EnrolmentTests : IDisposable
{
    private const string Key = "operator-key-0123456789";

    private readonly ConfigFolder _folder = new();
    private readonly SigningKey _monitor = SigningKey.Create();

    public EnrolmentTests()
    {
        _folder.Write("key", Key + "\n");
        _folder.Write("agent.json", $$"""{ "agent": "host-1", "stateFolder": "state", "nodes": [{ "name": "daemon", "kind": "daemon", "port": 28081, "program": "{{_folder.At("bin/monerod")}}" }] }""");
    }

    private EnrolmentFile File => new(_folder.At("state"));

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public async Task An_agent_gives_the_monitor_its_public_half_and_keeps_the_other()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer(Taken().ToJsonString(), "201 Created")));

        Assert.Equal(0, await EnrolAsync(peer.Address));

        var request = peer.Requests.Single();
        Assert.StartsWith("POST /api/agents HTTP/1.1", request.Head, StringComparison.Ordinal);
        Assert.Equal((Key, "application/json"), (request.Header("x-functions-key"), request.Header("Content-Type")));
        var body = JsonNode.Parse(request.Body)!;
        Assert.Equal(["name", "key", "replace", "overlap"], body.AsObject().Select(m => m.Key));
        Assert.Equal(("host-1", false, false), ((string)body["name"]!, (bool)body["replace"]!, (bool)body["overlap"]!));
        Assert.Equal(["kty", "crv", "x", "y"], body["key"]!.AsObject().Select(m => m.Key));

        var enrolled = Assert.IsType<EnrolmentRead.Enrolled>(File.Read()).Enrolment;
        Assert.Equal(body["key"]!.ToJsonString(), enrolled.Key.ToJwk());
        Assert.Equal(("host-1", "http://127.0.0.1:7071/", "reports", "commands-host-1"), (enrolled.Agent.ToString(), enrolled.Monitor.AbsoluteUri, enrolled.ReportsQueue, enrolled.CommandsQueue));
        Assert.Equal([_monitor.PublicKey], enrolled.MonitorKeys);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File.Path));
        Assert.DoesNotContain(Key, System.IO.File.ReadAllText(File.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enrolled_agent_is_enrolled_again_only_when_that_is_said()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer(Taken().ToJsonString(), "201 Created")));
        Assert.Equal(0, await EnrolAsync(peer.Address));
        var first = System.IO.File.ReadAllText(File.Path);

        Assert.Equal(1, await EnrolAsync(peer.Address));
        Assert.Single(peer.Requests);
        Assert.Equal(first, System.IO.File.ReadAllText(File.Path));

        Assert.Equal(0, await EnrolAsync(peer.Address, "--replace"));
        Assert.True((bool)JsonNode.Parse(peer.Requests.Last().Body)!["replace"]!);
        Assert.NotEqual(first, System.IO.File.ReadAllText(File.Path));
    }

    [Theory]
    [InlineData("401 Unauthorized", """{"title":"A valid key is needed","detail":"no"}""", "does not take the key: A valid key is needed: no")]
    [InlineData("403 Forbidden", """{"title":"This needs another role","detail":"operator"}""", "This needs another role: operator")]
    [InlineData("409 Conflict", """{"title":"It is in the way","detail":"taken"}""", "It is in the way: taken; --replace takes its place")]
    [InlineData("404 Not Found", "<html>", "HTTP status 404")]
    [InlineData("503 Busy", "", "HTTP status 503")]
    [InlineData("302 Found", "", "redirects to another address")]
    [InlineData("201 Created", "nonsense", "something else than a monitor does")]
    [InlineData("201 Created", """{"agent":"host-1"}""", "something else than a monitor does")]
    public async Task What_the_monitor_refuses_is_told_in_a_sentence(string status, string body, string sentence)
    {
        var answer = Play.Answer(body, status, "Location: http://127.0.0.1:1/\r\n");
        await using var peer = ScriptedHttpPeer.Start(Play.Once(body.StartsWith("""{"title""", StringComparison.Ordinal) ? answer.Replace("application/json", Problem.ContentType, StringComparison.Ordinal) : answer));

        var run = await RunAsync(peer.Address);

        Assert.Equal((1, ""), (run.Exit, run.Output));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, peer.Connections);
        Assert.IsType<EnrolmentRead.None>(File.Read());
    }

    [Fact]
    public async Task Http_to_another_machine_is_refused_also_with_what_allows_it_elsewhere()
    {
        var run = await RunAsync(new Uri("http://monitor.example/"), "--allow-http");
        Assert.Equal(2, run.Exit);
        Assert.Contains("--allow-http does not help here", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_cloud_the_deployments_file_says_what_the_monitor_does_not()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer(InTheCloud().ToJsonString(), "201 Created")));
        _folder.Write("deployed", Deployed(peer.Address).ToJsonString());

        var run = await RunWithFileAsync();

        Assert.Equal((0, ""), (run.Exit, run.Error));
        var enrolled = Assert.IsType<EnrolmentRead.Enrolled>(File.Read()).Enrolment;
        Assert.Equal((peer.Address, "reports", "commands-host-1"), (enrolled.Monitor, enrolled.ReportsBus.EntityPath, enrolled.CommandsBus.EntityPath));
        Assert.Equal([_monitor.PublicKey], enrolled.MonitorKeys);
        Assert.DoesNotContain("c2Vj", run.Output, StringComparison.Ordinal);

        // Another key changes nothing about the bus.
        run = await CommandRun.OfAsync(["agents", "rotate", "--config", _folder.File, "--monitor", $"{peer.Address.Scheme}://{peer.Address.Authority}", "--key-file", _folder.At("key")], [], TimeProvider.System);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        var rotated = Assert.IsType<EnrolmentRead.Enrolled>(File.Read()).Enrolment;
        Assert.NotEqual(enrolled.Key, rotated.Key);
        Assert.Equal((enrolled.Monitor, enrolled.ReportsBus, enrolled.CommandsBus), (rotated.Monitor, rotated.ReportsBus, rotated.CommandsBus));
    }

    [Fact]
    public async Task In_the_cloud_without_that_file_nothing_is_written_and_the_way_is_told()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer(InTheCloud().ToJsonString(), "201 Created")));
        var run = await RunAsync(peer.Address);
        Assert.Equal(1, run.Exit);
        Assert.Contains("the deployment wrote a file with it for this agent: --file FILE", run.Error, StringComparison.Ordinal);
        Assert.IsType<EnrolmentRead.None>(File.Read());
    }

    [Theory]
    [InlineData("agent", "host-2", 1, "--file is for another agent than host-1, which agent.json names")]
    [InlineData("agent", null, 2, "has no agent: it is not the file that the deployment wrote")]
    [InlineData("commands_bus", null, 2, "has no commands_bus: it is not the file that the deployment wrote")]
    [InlineData("commands_bus", "c2Vj", 1, "a part of the bus's connection string is none of NAME=VALUE")]
    [InlineData("commands_queue", "commands-host-2", 1, "the bus's key is for the queue commands-host-1, not for commands-host-2")]
    [InlineData("monitor_url", "http://monitor.example", 2, "the monitor's address in the file")]
    public async Task A_file_that_is_not_this_agents_or_not_whole_leaves_no_enrolment_and_no_key_in_sight(string member, string? value, int exit, string sentence)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer(InTheCloud().ToJsonString(), "201 Created")));
        var file = Deployed(peer.Address);
        file[member] = value;
        _folder.Write("deployed", file.ToJsonString());

        var run = await RunWithFileAsync();

        Assert.Equal(exit, run.Exit);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2Vj", run.Error, StringComparison.Ordinal);
        Assert.IsType<EnrolmentRead.None>(File.Read());
    }

    [Fact]
    public async Task A_file_that_others_may_read_or_that_is_none_is_wrong_usage()
    {
        _folder.Write("deployed", Deployed(new Uri("http://127.0.0.1:1/")).ToJsonString(), "640");
        Assert.Contains("is open to group or others, and holds keys: chmod 600", (await RunWithFileAsync()).Error, StringComparison.Ordinal);
        _folder.Write("deployed", "c2Vj{");
        Assert.Contains("is not the JSON that the deployment wrote", (await RunWithFileAsync()).Error, StringComparison.Ordinal);
        System.IO.File.Delete(_folder.At("deployed"));
        Assert.Equal(2, (await RunWithFileAsync()).Exit);
        _folder.Write("deployed", Deployed(new Uri("http://127.0.0.1:1/")).ToJsonString());
        Assert.Contains("--monitor and --file exclude each other", (await RunWithFileAsync("--monitor", "http://127.0.0.1:1")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bus", null)]
    [InlineData("bus", "Endpoint=sb://bus.example/;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true")]
    [InlineData("bus", "nonsense")]
    [InlineData("agent", "other")]
    [InlineData("monitor_url", "http://monitor.example/")]
    [InlineData("reports_queue", "")]
    [InlineData("commands_queue", "a b")]
    public async Task An_answer_that_cannot_be_used_leaves_no_enrolment(string member, string? value)
    {
        var answer = Taken();
        answer[member] = value;
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Play.Answer(answer.ToJsonString(), "201 Created")));
        Assert.Equal(1, await EnrolAsync(peer.Address));
        Assert.IsType<EnrolmentRead.None>(File.Read());
    }

    [Theory]
    [InlineData("--monitor", "ftp://monitor/")]
    [InlineData("--monitor", "http://monitor.example/")]
    [InlineData("--monitor", "https://user:password@monitor.example/")]
    [InlineData("--monitor", "monitor.example")]
    [InlineData("--key-file", "open")]
    [InlineData("--key-file", "none")]
    [InlineData("--key", Key)]
    public async Task What_would_give_a_key_away_is_wrong_usage(string option, string value)
    {
        _folder.Write("open", Key, "640");
        var usual = new Dictionary<string, string> { ["--monitor"] = "https://127.0.0.1:1/", ["--key-file"] = _folder.At("key") };
        usual[option] = option == "--key-file" ? _folder.At(value) : value;

        Assert.Equal(2, await CommandLineRoot.RunAsync(["enroll", "--config", _folder.File, .. usual.SelectMany(o => new[] { o.Key, o.Value })]));
        Assert.IsType<EnrolmentRead.None>(File.Read());
    }

    [Fact]
    public async Task A_monitor_that_is_not_there_is_told()
    {
        Assert.Equal(1, await EnrolAsync(new Uri($"http://127.0.0.1:{FreePort.Next()}/")));
        Assert.IsType<EnrolmentRead.None>(File.Read());
    }

    [Fact]
    public void A_file_that_others_may_read_or_that_is_damaged_is_refused_without_its_words()
    {
        Directory.CreateDirectory(_folder.At("state"));
        Assert.IsType<EnrolmentRead.None>(File.Read());
        _folder.Write("state/enrolment.json", """{"private_key":"s3cret",""");
        var refused = Assert.IsType<EnrolmentRead.Refused>(File.Read());
        Assert.DoesNotContain("s3cret", refused.Problem, StringComparison.Ordinal);
        _folder.SetMode("state/enrolment.json", "640");
        Assert.Contains("chmod 600", Assert.IsType<EnrolmentRead.Refused>(File.Read()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_shows_a_key()
    {
        using var key = SigningKey.Create();
        var enrolment = EnrolledAgent.Enrolment(_monitor, key);
        Assert.Equal("host at http://127.0.0.1:7071/", enrolment.ToString());
        Assert.DoesNotContain("secret", $"{enrolment.ReportsBus} {enrolment.CommandsBus}", StringComparison.Ordinal);
    }

    private async Task<int> EnrolAsync(Uri monitor, params string[] more) => (await RunAsync(monitor, more)).Exit;

    private Task<CommandRun> RunAsync(Uri monitor, params string[] more) =>
        CommandRun.OfAsync(["enroll", "--config", _folder.File, "--monitor", $"{monitor.Scheme}://{monitor.Authority}", "--key-file", _folder.At("key"), .. more], [], TimeProvider.System);

    private Task<CommandRun> RunWithFileAsync(params string[] more) =>
        CommandRun.OfAsync(["enroll", "--config", _folder.File, "--file", _folder.At("deployed"), "--key-file", _folder.At("key"), .. more], ["MONEROCLOUD_MONITOR=https://elsewhere.example"], TimeProvider.System);

    private JsonObject InTheCloud()
    {
        var answer = Taken();
        answer.Remove("bus");
        answer["monitor_url"] = "http://func-test.azurewebsites.net";
        return answer;
    }

    private static JsonObject Deployed(Uri monitor) => new()
    {
        ["agent"] = "host-1",
        ["monitor_url"] = $"{monitor.Scheme}://{monitor.Authority}",
        ["reports_queue"] = "reports",
        ["commands_queue"] = "commands-host-1",
        ["reports_bus"] = "Endpoint=sb://sb-test.servicebus.windows.net/;SharedAccessKeyName=agents-send;SharedAccessKey=c2Vj;EntityPath=reports",
        ["commands_bus"] = "Endpoint=sb://sb-test.servicebus.windows.net/;SharedAccessKeyName=agent-listen;SharedAccessKey=c2Vj;EntityPath=commands-host-1",
    };

    private JsonObject Taken() => new()
    {
        ["agent"] = "host-1",
        ["monitor_url"] = "http://127.0.0.1:7071",
        ["monitor_keys"] = new JsonArray(JsonNode.Parse(_monitor.PublicKey.ToJwk())),
        ["bus"] = "Endpoint=sb://127.0.0.1:5672/;SharedAccessKeyName=agent:host-1;SharedAccessKey=k;UseDevelopmentEmulator=true",
        ["reports_queue"] = "reports",
        ["commands_queue"] = "commands-host-1",
        ["period_seconds"] = 60,
    };
}
