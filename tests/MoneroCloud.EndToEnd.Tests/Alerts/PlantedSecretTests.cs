using System.Text;
using System.Text.Json.Nodes;
using MoneroCloud.Agent;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.EndToEnd.Tests.Alerts;

/// <summary>Programs that repeat what they were given in every error and every line they write: none of it leaves the host's own log of their output.</summary>
public sealed class PlantedSecretTests
{
    private const string Typed = "planted-password-8123";
    private const string Printed = "planted-in-the-output-8123";

    private static readonly string[] Pages =
        ["dashboard", "api/nodes", "api/nodes/host.closed/history", "api/nodes/host.open/history", "api/incidents", "api/alerts", "api/agents", "api/health"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_node_repeats_in_its_errors_and_writes_before_its_end_is_in_no_alert_page_log_or_row()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var agent = AgentUnderTest.Create("planted");
        var told = Path.Combine(agent.Folder, "told");
        await Wallets.MakeAsync(agent, "alice", Cancellation);
        await Wallets.MakeAsync(agent, "bob", Cancellation);
        agent.Configure(
            new NodeUnderTest("closed") { Program = Program(agent, "closed", told), Wallet = ("alice", agent.WriteSecret("alice.password", Typed)) },
            new NodeUnderTest("open") { Program = Program(agent, "open", told), Wallet = ("bob", agent.WriteSecret("bob.password", Typed)) });
        await using var monitor = await StandaloneMonitor.StartAsync(
            "planted-monitor",
            "MoneroCloud.Functions",
            config => config["alerts"] = new JsonObject { ["grace"] = "1s", ["groupInterval"] = "1s", ["channels"] = new JsonArray(new JsonObject { ["name"] = "hook", ["kind"] = "webhook", ["url"] = receiver.Address.ToString() }) },
            [("SWEEP_SCHEDULE", "* * * * * *")]);
        await monitor.EnrolAsync(agent, Cancellation);
        await agent.StartAsync(Cancellation);

        // One whose wallet it cannot open, and one that cannot save: when it is asked to, and when it ends.
        await agent.UntilAsync("closed", s => s is { Condition: Condition.NoWalletOpen, State: HealthState.Degraded }, Cancellation);
        var open = await agent.UntilUpAsync("open", Cancellation);
        var (_, said) = await agent.OrderAsync(ControlVerb.Restart, "open", Cancellation);
        Assert.Contains("error -1, in words that are not shown", said, StringComparison.Ordinal);
        open = await agent.UntilAsync("open", s => s.Worked && s.Pid != open.Pid, Cancellation);
        AgentUnderTest.Send(open.Pid!.Value, Signals.Terminate);
        await agent.UntilAsync(() => Posts(receiver).Contains("host.closed", StringComparison.Ordinal) && Posts(receiver).Contains("host.open", StringComparison.Ordinal), "both are alerted", Cancellation);

        var texts = new List<(string Where, string Text)> { ("alerts", Posts(receiver)), ("agent", agent.Output + said), ("monitor", string.Join('\n', monitor.Output)) };
        foreach (var page in Pages)
        {
            texts.Add((page, await monitor.TextAsync(page)));
        }

        foreach (string[] command in new[] { ["status", "--all", "--json"], new[] { "events", "--json" } })
        {
            texts.Add((command[0], (await agent.RunAsync(Cancellation, command)).Out));
        }

        await monitor.EndAsync(Signals.Terminate);
        texts.AddRange(Directory.EnumerateFiles(monitor.Folder, "*", SearchOption.AllDirectories).Select(f => (f, Read(f))));
        texts.AddRange(Directory.EnumerateFiles(agent.StateFolder, "*.json*", SearchOption.AllDirectories).Select(f => (f, Read(f))));
        Assert.Empty(texts.Where(t => t.Text.Contains("planted-password", StringComparison.Ordinal) || t.Text.Contains("planted-in", StringComparison.Ordinal)).Select(t => t.Where));

        // Both were told, and the search finds them where they may be.
        Assert.Contains(Typed, await File.ReadAllTextAsync(told, Cancellation), StringComparison.Ordinal);
        Assert.Contains(Directory.EnumerateFiles(agent.StateFolder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is not (Names.ControlSocket or Names.StateLock)), f => Read(f).Contains(Printed, StringComparison.Ordinal));
    }

    private static string Posts(AlertReceiver receiver) => string.Join('\n', receiver.Posts.Select(p => Encoding.UTF8.GetString(p.Body)));

    private static string Program(AgentUnderTest agent, string mode, string told)
    {
        var script = Path.Combine(agent.Folder, "repeats.py");
        File.WriteAllText(script, Repeats);
        return agent.WriteProgram(mode, $"exec python3 -u {script} {mode} {told} \"$@\"");
    }

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private const string Repeats = $$"""
        import http.server, json, re, signal, sys
        mode, told = sys.argv[1], sys.argv[2]
        port = int(re.search("--rpc-bind-port[= ]([0-9]+)", " ".join(sys.argv)).group(1))

        def end(*_):
            print("Failed to save wallet: {{Printed}}", flush=True)
            sys.exit(1)

        signal.signal(signal.SIGTERM, end)

        class Wallet(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
                method = json.loads(asked)["method"]
                if method == "get_version":
                    answer = dict(result={"version": 65562, "release": True})
                elif method == "get_height" and mode == "open":
                    answer = dict(result={"height": 5})
                else:
                    message = asked + " {{Typed}} {{Printed}}"
                    open(told, "a").write(message + "\n")
                    answer = dict(error={"code": -13 if method == "get_height" else -1, "message": message})
                body = json.dumps(dict(answer, id="0", jsonrpc="2.0")).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        print("listening, {{Printed}}", flush=True)
        http.server.ThreadingHTTPServer(("127.0.0.1", port), Wallet).serve_forever()
        """;
}
