using System.Text.Json.Nodes;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What the commands ask of a monitor, say and end with.</summary>
public sealed class RemoteCommandTests
{
    [Theory]
    [InlineData(HealthState.Up, 0)]
    [InlineData(HealthState.Degraded, 0)]
    [InlineData(HealthState.Down, 1)]
    [InlineData(HealthState.Unknown, 3)]
    [InlineData(HealthState.Disabled, 0)]
    public async Task Status_shows_what_is_stored_and_ends_as_the_local_one_does(HealthState state, int exit)
    {
        var run = await OfAsync(["status"], Told.Json(Told.Nodes(Told.Node("host.main", state, Condition.Exited, "the process\u001b exited"), Told.Node("other.main"))));

        Assert.Equal((exit, ""), (run.Exit, run.Error));
        Assert.Matches($"host.main +{state} +Exited +4711 +18082 +[0-9-]+( [0-9:]+)? +the process. exited", run.Output);
        Assert.Contains("total ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Status_goes_through_all_pages()
    {
        var run = await OfAsync(
            ["status", "--all", "--json"],
            Told.Json(Told.Nodes(Told.Node("host.a")) with { Next = "host.a" }),
            Told.Json(Told.Nodes(Told.Node("host.b"))));

        var report = JsonNode.Parse(run.Output)!;
        Assert.Equal((2, 2), (report["total"]!.GetValue<int>(), report["nodes"]!.AsArray().Count));
        Assert.Equal(["GET /api/nodes", "GET /api/nodes?after=host.a"], run.Asked);
    }

    [Theory]
    [InlineData(new[] { "status", "main" }, 0)]
    [InlineData(new[] { "status", "main", "--strict" }, 1)]
    public async Task Strict_asks_whether_it_is_usable_now(string[] arguments, int exit)
    {
        var run = await OfAsync(arguments, Told.Json(Told.Node("host.main", HealthState.Up, Condition.Silent, "no answer for 3 s")));

        Assert.Equal(exit, run.Exit);
    }

    [Fact]
    public async Task With_a_method_the_node_is_checked_and_what_is_certain_shows_at_once()
    {
        var run = await OfAsync(
            ["status", "main", "--method", "api", "--json"],
            Told.Json(Told.Check(false, Condition.Exited, "the process is gone")),
            Told.Json(Told.Node("host.main")));

        Assert.Equal((1, ""), (run.Exit, run.Error));
        Assert.Equal(["POST /api/nodes/main/check?method=api&save=false&wait=25", "GET /api/nodes/main"], run.Asked);
        var node = JsonNode.Parse(run.Output)!;
        Assert.Equal(("Down", "Exited", "the process is gone", false), (node["state"]!.GetValue<string>(), node["condition"]!.GetValue<string>(), node["message"]!.GetValue<string>(), node["worked"]!.GetValue<bool>()));
        Assert.Equal("api", node["worked_data"]!["method"]!.GetValue<string>());
    }

    [Fact]
    public async Task With_save_alone_the_full_check_is_made_and_saved()
    {
        var run = await OfAsync(["status", "main", "--save"], Told.Json(Told.Check(true, Condition.Healthy, "answers")), Told.Json(Told.Node("host.main")));

        Assert.Equal(0, run.Exit);
        Assert.Equal("POST /api/nodes/main/check?method=full&save=true&wait=25", run.Asked[0]);
    }

    [Fact]
    public async Task All_nodes_are_checked_in_one_call()
    {
        var summary = CheckSummary.Of([CheckedNode.Of(new NodeId(NodeName.Parse("host"), NodeName.Parse("main")), HealthState.Down, "gone") with { Condition = Condition.Exited }]);
        var run = await OfAsync(["status", "--all", "-m", "full"], Told.Json(summary), Told.Json(Told.Nodes(Told.Node("host.main"))));

        Assert.Equal(1, run.Exit);
        Assert.Matches("host.main +Down +Exited .*gone", run.Output);
        Assert.Equal(["POST /api/nodes/check?method=full&save=false&wait=25", "GET /api/nodes"], run.Asked);
    }

    [Theory]
    [InlineData(Condition.Healthy, 0)]
    [InlineData(null, 1)]
    public async Task A_node_that_was_not_checked_is_not_taken_for_usable(Condition? condition, int strict)
    {
        var summary = CheckSummary.Of([CheckedNode.Of(new NodeId(NodeName.Parse("host"), NodeName.Parse("main")), HealthState.Up, "not checked: no time") with { Condition = condition }]);
        string[] answers = [Told.Json(summary), Told.Json(Told.Nodes(Told.Node("host.main")))];

        Assert.Equal(0, (await OfAsync(["status", "--all", "-m", "full"], answers)).Exit);
        Assert.Equal(strict, (await OfAsync(["status", "--all", "-m", "full", "--strict"], answers)).Exit);
    }

    [Fact]
    public async Task A_check_that_the_agent_does_not_take_is_said_and_ends_with_1()
    {
        var run = await OfAsync(["status", "main", "-m", "pid"], Told.Json(Told.Order(OrderState.Sent, verb: OrderVerb.Check), 202), Told.Json(Told.Order(OrderState.Expired, verb: OrderVerb.Check)));

        Assert.Equal((1, "monerocloud: main was not checked: expired: its agent host did not take it in time, nothing was done\n"), (run.Exit, run.Error));
    }

    [Fact]
    public async Task An_order_is_followed_to_its_end_with_the_lives_before_and_after()
    {
        var run = await OfAsync(
            ["restart", "main"],
            Told.Json(Told.Order(OrderState.Stored), 202),
            Told.Json(Told.Order(OrderState.Taken)),
            Told.Json(Told.Order(OrderState.Ended, Told.Outcome(OutcomeResult.Done, "restarted", 12, 34))));

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal($"host.main: restart, order {Told.OrderId}\nhost.main: taken by the agent\nhost.main: done: restarted (pid 12 -> 34)\n", run.Output);
        Assert.Equal(["POST /api/nodes/main/restart?wait=0", $"GET /api/orders/{Told.OrderId}", $"GET /api/orders/{Told.OrderId}"], run.Asked);
    }

    [Fact]
    public async Task The_steps_of_an_order_show_as_they_happen_and_at_its_end_what_it_cost()
    {
        var store = Messages.WireSamples.Steps[1];
        var going = Told.Order(OrderState.Taken) with { Steps = [store], Step = new LadderStep(LadderRung.Terminate, Told.At, null, new StepResult.Underway("used 0 s of CPU")) };
        var run = await OfAsync(
            ["restart", "main", "--now", "5s"],
            Told.Json(Told.Order(OrderState.Stored), 202),
            Told.Json(going),
            Told.Json(going),
            Told.Json(Told.Order(OrderState.Ended, Messages.WireSamples.Restarted) with { Steps = Messages.WireSamples.Steps }));

        Assert.Equal((0, ""), (run.Exit, run.Error));
        var lines = run.Output.Split('\n');
        Assert.StartsWith("SIGKILL follows after 5s; if a wallet has not saved by then: what happened since", lines[0], StringComparison.Ordinal);
        Assert.Single(lines, l => l.EndsWith("store: refused after 0.31 s: error -1, failed to save file", StringComparison.Ordinal));
        Assert.Single(lines, l => l.EndsWith("SIGTERM: under way: used 0 s of CPU", StringComparison.Ordinal));
        Assert.Single(lines, l => l.EndsWith("SIGKILL: ok after 0.01 s: it exited (signal 9)", StringComparison.Ordinal));
        Assert.Contains("host.main:   because: restart ordered by alice; it was WaitingForDaemon: no answer for 74 s", lines);
        Assert.Contains(lines, l => l.StartsWith("host.main:   lost: what happened since the save at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task As_JSON_only_the_end_shows()
    {
        var run = await OfAsync(["stop", "main", "--json"], Told.Json(Told.Order(OrderState.Sent), 202), Told.Json(Told.Order(OrderState.Ended, Messages.WireSamples.Restarted)));

        Assert.Equal(0, run.Exit);
        Assert.Equal(Messages.WireSamples.Proof.TookMs, System.Text.Json.JsonSerializer.Deserialize(run.Output, ApiJson.Default.OrderView)!.Outcome!.Proof!.TookMs);
    }

    [Theory]
    [InlineData(OutcomeResult.Done, 0, "done: so it is (pid 12 -> none)")]
    [InlineData(OutcomeResult.DoneAlready, 0, "done already: so it is (pid 12 -> none)")]
    [InlineData(OutcomeResult.Failed, 1, "failed: so it is (pid 12 -> none)")]
    [InlineData(OutcomeResult.Refused, 1, "refused: so it is (pid 12 -> none)")]
    [InlineData(OutcomeResult.Interrupted, 1, "interrupted: so it is (pid 12 -> none)")]
    public async Task Every_outcome_has_its_words_and_its_exit_code(OutcomeResult result, int exit, string text)
    {
        var run = await OfAsync(["stop", "main"], Told.Json(Told.Order(OrderState.Ended, Told.Outcome(result, "so it is", 12))));

        Assert.Equal(exit, run.Exit);
        Assert.Contains($"host.main: {text}\n", exit == 0 ? run.Output : run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_means_every_node_that_has_an_agent()
    {
        var done = Told.Json(Told.Order(OrderState.Ended, Told.Outcome(OutcomeResult.Done, "stopped")));
        var run = await OfAsync(["stop", "--all"], Told.Json(Told.Nodes(Told.Node("host.a"), Told.Node("host.b"), Told.Node("remote.c"))), done);

        Assert.Equal(0, run.Exit);
        Assert.Equal(["GET /api/nodes", "POST /api/nodes/host.a/stop?wait=0", "POST /api/nodes/host.b/stop?wait=0"], run.Asked);
    }

    [Fact]
    public async Task A_monitor_that_goes_away_while_an_order_is_followed_does_not_end_the_following()
    {
        await using var peer = ScriptedHttpPeer.Start(
            Play.Once(Told.Json(Told.Order(OrderState.Sent), 202)),
            Play.ResetAtOnce,
            Play.Once(Told.Json(Told.Order(OrderState.Ended, Told.Outcome(OutcomeResult.Done, "restarted")))));
        var run = await CommandRun.OfAsync(peer.Address, "restart", "main");

        Assert.Equal((0, ""), (run.Exit, run.Error));
    }

    [Fact]
    public async Task An_ambiguous_name_ends_with_2_and_the_candidates_and_an_unknown_one_with_those_that_are_known()
    {
        foreach (var command in new[] { "status main", "history main", "restart main", "status main -m full" })
        {
            var ambiguous = await OfAsync(command.Split(' '), Told.Problem(409, "Several nodes have that name", "say which", "a.main", "b.main"));
            Assert.Equal((2, "monerocloud: Several nodes have that name: say which; it could be a.main, b.main\n"), (ambiguous.Exit, ambiguous.Error));

            var unknown = await OfAsync(command.Split(' '), Told.Problem(404, "Unknown", "no"), Told.Json(Told.Nodes(Told.Node("a.x"), Told.Node("b.y"))));
            Assert.Equal((2, "monerocloud: there is no node 'main'; known: a.x, b.y\n"), (unknown.Exit, unknown.Error));
        }
    }

    [Theory]
    [InlineData(401, "does not take the key: No key")]
    [InlineData(403, "monerocloud: No key")]
    [InlineData(429, "monerocloud: No key")]
    [InlineData(503, "monerocloud: No key")]
    public async Task Each_refusal_is_one_sentence_and_1(int status, string text)
    {
        foreach (var command in new[] { "status", "status main", "history main", "stop main", "agents", "reload host", "order x", "status -m api" })
        {
            var run = await OfAsync(command.Split(' '), Told.Problem(status, "No key", ""));
            Assert.Equal((1, ""), (run.Exit, run.Output));
            Assert.Contains(text, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(CommandRun.Key, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_monitor_that_is_away_is_one_sentence_and_1()
    {
        var nobody = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        foreach (var command in new[] { "status", "status main -m full", "history main", "restart main", "agents", "reload host", "order x", "health" })
        {
            var run = await CommandRun.OfAsync(nobody, command.Split(' '));
            Assert.Equal((1, "", $"monerocloud: the monitor at {nobody} refuses the connection: nothing listens there\n"), (run.Exit, run.Output, run.Error));
        }
    }

    [Fact]
    public async Task History_is_printed_in_UTC_the_newest_last()
    {
        var down = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, Told.At, "the process exited (signal 9)");
        var first = new HistoryEntry { At = Told.At, Place = "1.1", Fact = new NodeFact.Exited(7, null, 9, ExitCause.Unknown, false), Transition = down };
        var second = new HistoryEntry { At = Told.At.AddMilliseconds(40), Place = "1.2", Fact = new NodeFact.Spawned(8) };
        string[] pages =
        [
            Told.Json(new HistoryView { Subject = "host.main", Entries = [second], Next = "x" }),
            Told.Json(new HistoryView { Subject = "host.main", Entries = [first] }),
        ];

        var run = await OfAsync(["history", "main", "-n", "200"], pages);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(
            [
                "2026-01-15T10:30:45.123Z  host.main    exited (signal 9), pid 7",
                "2026-01-15T10:30:45.123Z  host.main    Up -> Down: Exited: the process exited (signal 9)",
                "2026-01-15T10:30:45.163Z  host.main    started, pid 8",
            ],
            lines);
        Assert.Equal(["GET /api/nodes/main/history?limit=100", "GET /api/nodes/main/history?limit=100&before=x"], run.Asked);

        var json = await OfAsync(["history", "main", "--json", "-n", "1"], pages);
        Assert.Equal(8, JsonNode.Parse(json.Output)!["fact"]!["pid"]!.GetValue<int>());
        Assert.Equal(["GET /api/nodes/main/history?limit=1"], json.Asked);
    }

    [Theory]
    [InlineData(MonitorStatus.Healthy, 200, 0)]
    [InlineData(MonitorStatus.Degraded, 503, 1)]
    [InlineData(MonitorStatus.Stale, 503, 3)]
    public async Task Health_prints_the_JSON_and_needs_no_key(MonitorStatus status, int http, int exit)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(Told.Json(new HealthView { Status = status, Total = 3, CheckedAt = Told.At }, http)));
        var run = await CommandRun.OfAsync(["health", "--monitor", peer.Address.ToString()], []);

        Assert.Equal((exit, ""), (run.Exit, run.Error));
        Assert.Equal(status.ToString().ToLowerInvariant(), JsonNode.Parse(run.Output)!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Agents_are_a_table()
    {
        var agent = new AgentView
        {
            Name = "host",
            Silent = false,
            ReceivedAt = Told.At,
            ReportAgeSeconds = 12,
            SkewSeconds = -0.25,
            PeriodSeconds = 60,
            Version = "0.1.0",
            Nodes = ["host.main", "host.daemon"],
            EnrolledAt = Told.At,
            EnrolledBy = "operator",
            Keys = ["k"],
            Epoch = 1,
            Report = 2,
        };
        var run = await OfAsync(["agents"], Told.Json(new AgentList([agent, agent with { Name = "quiet", Silent = true, ReceivedAt = null }])));

        Assert.Equal(0, run.Exit);
        Assert.Matches("host +reports +12 s ago +-0.[23] s +2 +0.1.0", run.Output);
        Assert.Matches("quiet +silent", run.Output);
    }

    [Theory]
    [InlineData(OrderState.Stored, 3, "stored, not sent yet")]
    [InlineData(OrderState.Taken, 3, "taken by the agent")]
    [InlineData(OrderState.Expired, 1, "expired: its agent host did not take it in time, nothing was done")]
    [InlineData(OrderState.Ended, 0, "done: restarted")]
    public async Task An_order_is_shown_with_where_it_stands(OrderState state, int exit, string text)
    {
        var outcome = state == OrderState.Ended ? Told.Outcome(OutcomeResult.Done, "restarted") : null;
        var run = await OfAsync(["order", Told.OrderId], Told.Json(Told.Order(state, outcome)));

        Assert.Equal(exit, run.Exit);
        Assert.StartsWith("host.main: restart, ordered by operator at ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($": {text}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_are_listed_the_newest_last_with_who_gave_them_or_why()
    {
        var automatic = Told.Order(OrderState.Taken) with { By = "monitor", Automatic = new AutomaticReason(Condition.Hung, "no answer for 74 s") };
        var run = await OfAsync(["orders", "main", "-n", "2"], Told.Json(new OrderList("host.main", [automatic, Told.Order(OrderState.Ended, Told.Outcome(OutcomeResult.Done, "restarted"))])));

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, 2), (run.Exit, lines.Length));
        Assert.EndsWith($"{Told.OrderId}  restart, ordered by operator: done: restarted", lines[0], StringComparison.Ordinal);
        Assert.EndsWith($"{Told.OrderId}  restart, ordered automatically (Hung: no answer for 74 s): taken by the agent", lines[1], StringComparison.Ordinal);
        Assert.Equal(["GET /api/nodes/main/orders?limit=2"], run.Asked);
        Assert.Equal(2, (await OfAsync(["orders", "main", "-n", "201"])).Exit);
    }

    [Fact]
    public async Task A_status_tells_of_an_open_breaker_and_of_a_restart_that_is_held_back()
    {
        var node = Told.Node("host.main", HealthState.Down, Condition.Hung, "no answer for 74 s") with
        {
            Breaker = new BreakerStanding { State = BreakerState.Open, Since = Told.At, Why = "5 starts in 10 min", NextTry = Told.At.AddMinutes(10) },
            HeldRestart = new HeldRestart(Condition.Hung, "the fleet's budget of 1 in 10 min is used up", Told.At),
        };
        var table = (await OfAsync(["status", "main"], Told.Json(node))).Output.ReplaceLineEndings(" ");
        var json = JsonNode.Parse((await OfAsync(["status", "main", "--json"], Told.Json(node))).Output)!;

        Assert.Contains("budget", table, StringComparison.Ordinal);
        Assert.Contains("breaker", table, StringComparison.Ordinal);
        Assert.Equal(("Open", "5 starts in 10 min", "the fleet's budget of 1 in 10 min is used up"), ((string?)json["breaker"]!["state"], (string?)json["breaker"]!["why"], (string?)json["held_restart"]!["reason"]));
    }

    [Fact]
    public async Task Reload_orders_the_agent_that_is_named()
    {
        var order = Told.Order(OrderState.Ended, Told.Outcome(OutcomeResult.Done, "1 node added"), OrderVerb.Reload) with { Node = null };
        var run = await OfAsync(["reload", "host"], Told.Json(order));

        Assert.Equal((0, $"host: reload, order {Told.OrderId}\nhost: done: 1 node added\n"), (run.Exit, run.Output));
        Assert.Equal(["POST /api/agents/host/reload?wait=0"], run.Asked);
    }

    private static async Task<AskedRun> OfAsync(string[] arguments, params string[] answers)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(answers));
        var run = await CommandRun.OfAsync(peer.Address, arguments);
        return new AskedRun(run.Exit, run.Output, run.Error, [.. peer.Requests.Select(request => request.Head[..request.Head.IndexOf(" HTTP/", StringComparison.Ordinal)])]);
    }

    private sealed record AskedRun(int Exit, string Output, string Error, string[] Asked);
}
