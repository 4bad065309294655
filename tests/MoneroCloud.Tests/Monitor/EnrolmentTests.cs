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
        Assert.DoesNotContain("secret", $"{enrolment.Bus}", StringComparison.Ordinal);
    }

    private async Task<int> EnrolAsync(Uri monitor, params string[] more) => (await RunAsync(monitor, more)).Exit;

    private Task<CommandRun> RunAsync(Uri monitor, params string[] more) =>
        CommandRun.OfAsync(["enroll", "--config", _folder.File, "--monitor", $"{monitor.Scheme}://{monitor.Authority}", "--key-file", _folder.At("key"), .. more], [], TimeProvider.System);

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
