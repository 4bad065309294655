using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Tests.Api;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What operators type about incidents, silences and alerts, against a whole monitor.</summary>
public sealed class OperatorCommandTests
{
    private static readonly Incident Open = StoredIncidents.Open("host.main", 10);
    private static readonly Incident Other = StoredIncidents.Open("other.main", 20, AlertSeverity.Warning);
    private static readonly Incident Over = StoredIncidents.Resolved("host.main", 60);

    [Fact]
    public async Task Incidents_are_aligned_lines_the_worst_first_in_UTC()
    {
        await using var api = await StartAsync();

        var open = await OfAsync(api, "incidents");
        var all = await OfAsync(api, "incidents", "--all", "--since", "87600h", "--subject", "host.main");

        Assert.Equal((0, ""), (open.Exit, open.Error));
        Assert.Equal(
            [
                "INCIDENT    SEVERITY  OPENED                   WHAT                        WHERE IT STANDS",
                $"{Open.Id[..10]}  Critical  2026-01-15 11:50:00 UTC  host.main is Down: Exited   told 2026-01-15 11:50:30 UTC over log",
                $"{Other.Id[..10]}  Warning   2026-01-15 11:40:00 UTC  other.main is Down: Exited  told 2026-01-15 11:40:30 UTC over log",
            ],
            Lines(open.Output));
        Assert.Equal([Open.Id[..10], Over.Id[..10]], Lines(all.Output).Skip(1).Select(l => l[..10]));
        Assert.EndsWith("resolved 2026-01-15 11:01:00 UTC", Lines(all.Output)[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_wrong_that_is_said_and_as_JSON_it_is_the_answer_of_the_monitor()
    {
        await using var api = await ApiUnderTest.StartAsync();

        Assert.Equal((0, "no incident is open\n"), Ended(await OfAsync(api, "incidents")));
        Assert.Equal((0, "there was no such incident\n"), Ended(await OfAsync(api, "incidents", "--resolved", "--since", "24h")));
        Assert.Equal((0, "{\"incidents\":[]}\n"), Ended(await OfAsync(api, "incidents", "--json")));
        Assert.Equal((0, "nothing is silenced\n"), Ended(await OfAsync(api, "silences")));
        Assert.Equal((0, "nothing was told, and nothing is to be\n"), Ended(await OfAsync(api, "alerts")));
    }

    [Theory]
    [InlineData("host.main")]
    [InlineData("ID10")]
    [InlineData("ID6")]
    [InlineData("ID")]
    public async Task One_is_shown_with_its_timeline_by_its_id_the_beginning_of_it_or_its_subject(string which)
    {
        await using var api = await StartAsync();

        var run = await OfAsync(api, "incident", Typed(which));

        Assert.Equal((0, ""), (run.Exit, run.Error));
        var lines = Lines(run.Output);
        Assert.Equal(["host.main is Down: Exited", "it was ended by signal 9"], lines[..2]);
        Assert.Contains($"incident      {Open.Id}", lines);
        Assert.Contains("acknowledged  by nobody", lines);
        Assert.Contains("2026-01-15 11:50:00 UTC  incident  opened: host.main is Down: Exited", lines);
        Assert.Contains("2026-01-15 11:51:00 UTC  event     restarted in 13.4 s, pid 4242 -> 4311, height 121 -> 61", lines);
        Assert.Contains(lines, l => l.StartsWith(new string(' ', 35) + "  because: ", StringComparison.Ordinal));
        Assert.Equal(Open.Id, JsonSerializer.Deserialize((await OfAsync(api, "incident", Typed(which), "--json")).Output, ApiJson.Default.IncidentDetail)!.Incident.Id);
    }

    [Theory]
    [InlineData("main", "'main' could be ")]
    [InlineData("nobody", "there is no incident 'nobody'; 'monerocloud incidents --all' lists them")]
    [InlineData("ffffff", "there is no incident 'ffffff'")]
    [InlineData("a/b", "'a/b' is no incident: its id or at least 6 digits of it, a node's id or name, an agent's name, or 'monitor'")]
    public async Task What_is_not_clear_ends_with_2(string which, string problem)
    {
        await using var api = await StartAsync();

        var run = await OfAsync(api, "incident", which);

        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.StartsWith($"monerocloud: {problem}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_acknowledged_taken_back_and_resolved_in_the_users_name()
    {
        await using var api = await StartAsync();
        var id = Open.Id[..10];

        Assert.Equal((0, $"host.main: incident {id}: acknowledged by operator alice until 2026-01-15 16:00:00 UTC\n"), Ended(await OfAsync(api, "ack", "host.main")));
        Assert.Equal((0, $"host.main: incident {id}: acknowledged by operator bob until 2026-01-15 13:30:00 UTC\n"), Ended(await OfAsync(api, "ack", id, "--for", "90m", "--by", "bob", "--comment", "the disk")));
        Assert.Equal((0, $"host.main: incident {id}: not acknowledged any more; told 2026-01-15 11:50:30 UTC over log\n"), Ended(await OfAsync(api, "ack", id, "--end")));
        Assert.Equal((1, "monerocloud: It cannot be done as things are: nobody has acknowledged it, or his time is over\n"), Failed(await OfAsync(api, "ack", id, "--end")));
        Assert.Equal(
            (0, $"host.main: incident {id}: resolved 2026-01-15 12:00:00 UTC; still wrong: outage; a new incident is opened when it fails anew\n"),
            Ended(await OfAsync(api, "resolve", id, "--comment", "retired")));
        Assert.Equal((2, $"monerocloud: there is no open incident '{id}'; 'monerocloud incidents' lists them\n"), Failed(await OfAsync(api, "resolve", id)));
        Assert.Equal((1, "monerocloud: It cannot be done as things are: the incident of host.main is over since 2026-01-15 12:00:00 UTC\n"), Failed(await OfAsync(api, "resolve", Open.Id)));
    }

    [Fact]
    public async Task A_silence_is_made_listed_and_ended_and_one_that_fits_nobody_is_warned_of()
    {
        await using var api = await StartAsync();

        var made = await OfAsync(api, "silences", "add", "--subject", "host.*", "--subject", "other.main", "--label", "zone=e*", "--label", "tier=", "--severity", "warning", "--for", "2h", "--comment", "a move");
        var id = made.Output.Split(' ', ':')[1];
        const string What = "subject host.*, other.main; severity Warning; label tier=, zone=e*";

        Assert.Equal((0, $"silence {id}: active until 2026-01-15 14:00:00 UTC: {What}\n"), Ended(made));
        Assert.Equal("monerocloud: warning: at present it fits no node, no agent and not the monitor: it hides nothing unless one comes that it fits\n", made.Error);
        var list = Lines((await OfAsync(api, "silences")).Output);
        Assert.Equal($"{id}  silence  active  2026-01-15 12:00:00 UTC  2026-01-15 14:00:00 UTC  operator alice  {What} (a move)", list[1]);
        Assert.Equal((0, $"silence {id}: ended at 2026-01-15 12:00:00 UTC: {What}\n"), Ended(await OfAsync(api, "silences", "end", id[..6])));
        Assert.Equal((0, "nothing is silenced\n"), Ended(await OfAsync(api, "silences")));
        Assert.Equal(2, Lines((await OfAsync(api, "silences", "--all")).Output).Length);
        Assert.Equal((2, "monerocloud: there is no silence 'ffffff'; 'monerocloud silences' lists them\n"), Failed(await OfAsync(api, "silences", "end", "ffffff")));
        Assert.Equal((2, "monerocloud: The request was not understood: match.kinds[0] is Dwn; did you mean Down?\n"), Failed(await OfAsync(api, "silences", "add", "--kind", "Dwn", "--for", "1h")));
    }

    [Theory]
    [InlineData("host.main", "subject host.main")]
    [InlineData("second", "subject host.second")]
    [InlineData("host", "agent host")]
    public async Task Maintenance_of_a_node_or_an_agent_begins_and_ends(string whom, string what)
    {
        await using var api = await StartAsync();
        await OfAsync(api, "silences", "add", "--agent", "host", "--for", "1h");

        var begun = await OfAsync(api, "maintenance", whom, "--for", "1h", "--comment", "an update");
        var ended = await OfAsync(api, "maintenance", whom, "--end");

        Assert.Matches($"^maintenance [0-9a-f]{{12}}: active until 2026-01-15 13:00:00 UTC: {what}\n$", begun.Output);
        Assert.Matches($"^maintenance [0-9a-f]{{12}}: ended at 2026-01-15 12:00:00 UTC: {what}\n$", ended.Output);
        Assert.Equal((0, 0), (begun.Exit, ended.Exit));
        Assert.StartsWith("monerocloud: ", (await OfAsync(api, "maintenance", whom, "--end")).Error, StringComparison.Ordinal);
        Assert.Contains("  silence  active  ", (await OfAsync(api, "silences")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main", 2, "Several nodes|several nodes have this name")]
    [InlineData("nobody", 2, "there is no node 'nobody'; known: host.main, host.second, other.main")]
    [InlineData("quiet", 2, "'quiet' is an agent and a node: other.quiet means the node, 'silences add --agent quiet' the agent")]
    public async Task Maintenance_of_what_is_not_clear_ends_with_2(string whom, int exit, string problem)
    {
        await using var api = await StartAsync();
        if (whom == "quiet")
        {
            await api.StoreAsync(StoredFleet.Agent("quiet"));
            await api.StoreAsync(StoredFleet.Node("other.quiet"));
        }

        var run = await OfAsync(api, "maintenance", whom, "--for", "1h");

        Assert.Equal((exit, ""), (run.Exit, run.Output));
        Assert.Matches(problem, run.Error);
    }

    [Fact]
    public async Task The_ledger_says_of_each_alert_and_channel_what_became_of_it()
    {
        await using var api = await StartAsync();
        var (one, two) = (StoredIncidents.Alert(Open, 0), StoredIncidents.Alert(Open, 60));
        await AlertApiTests.EndAsync(api, one, refused: "550 no such user");
        await AlertApiTests.EndAsync(api, StoredIncidents.Alert(Other, 0), refused: null);
        await AlertApiTests.PendAsync(api, two);

        var run = await OfAsync(api, "alerts", "--subject", "host.main");

        Assert.Equal(
            [
                "HAPPENED                 ALERT       SUBJECT    KIND  CHANNEL  TRIES  STATUS",
                $"2026-01-15 11:50:00 UTC  {one.Id[..10]}  host.main  Down  log      1      refused: 550 no such user",
                $"2026-01-15 11:51:00 UTC  {two.Id[..10]}  host.main  Down  log      0      pending, due at 2026-01-15 11:51:00 UTC",
            ],
            Lines(run.Output));
        Assert.Equal(4, Lines((await OfAsync(api, "alerts")).Output).Length);
    }

    [Fact]
    public async Task A_key_of_a_viewer_does_nothing()
    {
        await using var api = await StartAsync();
        foreach (var command in new[] { "ack host.main", "resolve host.main", "silences add --agent host --for 1h", "maintenance host --for 1h", "alerts test --channel log" })
        {
            var run = await CommandRun.OfAsync(command.Split(' '), [$"MONEROCLOUD_MONITOR={api.Address}", $"MONEROCLOUD_KEY={ApiSetup.Viewer}"], TimeProvider.System);
            Assert.Equal((1, "", "monerocloud: This needs another role: this needs the role Operator; the key has the role Viewer\n"), (run.Exit, run.Output, run.Error));
        }
    }

    private static string Typed(string which) => which switch
    {
        "ID" => Open.Id,
        "ID10" => Open.Id[..10],
        "ID6" => Open.Id[..6],
        _ => which,
    };

    private static async Task<ApiUnderTest> StartAsync()
    {
        var api = await ApiUnderTest.StartAsync();
        await api.StoreAsync(StoredFleet.Agent("host", null, "main", "second"));
        await api.StoreAsync(StoredFleet.Node("host.main", HealthState.Down, Condition.Exited), StoredFleet.Node("host.second"), StoredFleet.Node("other.main"));
        await api.Table.StoreAsync(Open, Other, Over);
        await api.Table.HistoryAsync("host.main", new HistoryEntry { At = Open.OpenedAt.AddMinutes(1), Place = "1.4", Fact = new NodeFact.Proved(Messages.WireSamples.Proof) });
        return api;
    }

    private static Task<CommandRun> OfAsync(ApiUnderTest api, params string[] arguments) =>
        CommandRun.OfAsync(arguments, [$"MONEROCLOUD_MONITOR={api.Address}", $"MONEROCLOUD_KEY={ApiSetup.Operator}", "USER=alice"], TimeProvider.System);

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static (int Exit, string Output) Ended(CommandRun run) => (run.Exit, run.Output);

    private static (int Exit, string Error) Failed(CommandRun run) => (run.Exit, run.Error);
}
