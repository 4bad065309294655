using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using MoneroCloud.Tests.Incidents;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What docs/incidents.md shows is what the commands say: each is run, in the order of the document, against one whole monitor.</summary>
public sealed partial class IncidentDocumentTests
{
    private const string Document = "docs/incidents.md";
    private const string Fence = "```";
    private const string Prompt = "$ monerocloud ";

    private static readonly Incident Main = StoredIncidents.Open("host-1.main", 24) with
    {
        Title = "host-1.main is Down: Exited",
        Text = "exited (code 1; the disk is full); breaker open until 2026-01-15 11:50:02 UTC: 5 starts in 10 min did not last 10 s",
        ToldTo = ["mail", "teams"],
        Reminders = 1,
        Actions =
        [
            new IncidentAction(ApiSetup.Noon.AddMinutes(-24), IncidentActionKind.Opened, "host-1.main is Down: Exited: exited (code 1; the disk is full)"),
            new IncidentAction(ApiSetup.Noon.AddMinutes(-24), IncidentActionKind.Told, "Down to mail, teams"),
            new IncidentAction(ApiSetup.Noon.AddMinutes(-4), IncidentActionKind.Reminded, "Reminder to mail, teams"),
        ],
    };

    private static readonly Incident Agent = StoredIncidents.Open("host-2", 9) with { Title = "host-2 is silent", Text = "no report for 3 min", Condition = Condition.AgentSilent, Causes = ["silent"], ToldTo = ["mail"] };

    private static readonly Incident Cold = StoredIncidents.Open("host-3.cold", 51, AlertSeverity.Warning) with
    {
        Title = "host-3.cold is Degraded: WalletBehind",
        Condition = Condition.WalletBehind,
        Held = new Hold("silence 5c0ffee5ab1e (rescan)", StoredIncidents.Open("host-3.cold", 51).OpenedAt, ApiSetup.Noon.AddHours(3)),
        ToldAt = null,
        ToldTo = [],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_output_is_that_of_the_commands()
    {
        await using var api = await StartAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var delivering = DeliverAsync(api, end.Token);
        var text = new StringBuilder();
        var skipping = false;
        foreach (var line in await File.ReadAllLinesAsync(GeneratedFile.At(Document), Cancellation))
        {
            skipping &= line != Fence && !line.StartsWith(Prompt, StringComparison.Ordinal);
            if (skipping)
            {
                continue;
            }

            text.Append(line).Append('\n');
            if (line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                text.Append(Fixed(await SaidAsync(api, line[Prompt.Length..])));
                skipping = true;
            }
        }

        await end.CancelAsync();
        await delivering;
        GeneratedFile.IsUpToDate(Document, text.ToString());
        Assert.Equal(12, text.ToString().Split(Prompt).Length - 1);
    }

    private static async Task<string> SaidAsync(ApiUnderTest api, string command)
    {
        var silence = (await api.GetAsync("/api/silences")).Read(ApiJson.Default.SilenceList).Silences.LastOrDefault()?.Id ?? "";
        var arguments = Word().Matches(command.Replace("7f3a09", silence[..Math.Min(6, silence.Length)], StringComparison.Ordinal)).Select(m => m.Value.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal)).ToArray();
        var run = await CommandRun.OfAsync(arguments, [$"MONEROCLOUD_MONITOR={api.Address}", $"MONEROCLOUD_KEY={ApiSetup.Operator}", "USER=alice"], new AtNoon());
        return run.Error + run.Output;
    }

    /// <summary>Ids that are made anew in each run.</summary>
    private static string Fixed(string text) => Made().Replace(text, m => m.Groups[1].Value + (m.Groups[2].Length == 12 ? "7f3a09c41d2e" : "d41d8cd98f00b204e9800998"));

    [GeneratedRegex("(^|silence |maintenance |alert )([0-9a-f]{24}|[0-9a-f]{12})(?=[ :])", RegexOptions.Multiline)]
    private static partial Regex Made();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|[^ ]+")]
    private static partial Regex Word();

    private static async Task<ApiUnderTest> StartAsync()
    {
        var api = await ApiUnderTest.StartAsync(new ApiSetup { Time = new SteppingTime(ApiSetup.Noon), Policy = new MonitorPolicy { Rules = AlertRules.Default with { Channels = ["mail", "teams"] } } });
        await api.StoreAsync(StoredFleet.Agent("host-1", null, "main"));
        await api.StoreAsync(StoredFleet.Node("host-1.main", HealthState.Down, Condition.Exited));
        await api.StoreAsync(StoredFleet.Node("host-3.cold", HealthState.Degraded, Condition.WalletBehind));
        await api.Table.StoreAsync(Main, Agent, Cold, StoredIncidents.Resolved("host-1.main", 900, lasted: 4));
        await api.Table.HistoryAsync("host-1.main", History());
        var (down, again) = (StoredIncidents.Alert(Main, 0), StoredIncidents.Alert(Main, 1_200) with { Kind = AlertKind.Reminder, Title = "still, 20 min later: host-1.main is Down: Exited" });
        await api.Table.DeliveredAsync(StoredIncidents.Delivery(down, "mail") with { Receipt = "250 2.0.0 Ok: queued as 4bX7" }, StoredIncidents.Delivery(down, "teams") with { Receipt = "202" });
        var pending = new OutboxItem { Alert = again, Channel = "teams", Attempt = 2, Trouble = "the channel answered 429" };
        await api.Table.CommitAsync(
            [new RowChange.Put(new Row { Key = Keys.Ledger(again.Subject, "teams", again.Id), Doc = JsonSerializer.Serialize(pending, MonitorJson.Default.OutboxItem), Due = ApiSetup.Noon.AddSeconds(30) })], Cancellation);
        return api;
    }

    private static IEnumerable<HistoryEntry> History()
    {
        var at = Main.OpenedAt;
        yield return new HistoryEntry
        {
            At = at,
            Place = "1.7",
            Fact = new NodeFact.Exited(4711, 1, null, ExitCause.DiskFull, false),
            Transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, at, "exited (code 1; the disk is full)"),
        };
        yield return new HistoryEntry { At = at.AddSeconds(1), Place = "1.8", Fact = new NodeFact.Spawned(4730) };
        yield return new HistoryEntry { At = at.AddSeconds(2), Place = "1.9", Fact = new NodeFact.BreakerOpened(840_000, "5 starts in 10 min did not last 10 s") };
        var step = new LadderStep(LadderRung.Answer, at.AddMinutes(16), 30_000, new StepResult.Failed("it exited (code 1; the disk is full)"));
        yield return new HistoryEntry
        {
            At = at.AddMinutes(16),
            Place = "1.10",
            Fact = new NodeFact.Proved(Messages.WireSamples.Proof with { State = ProofState.Incomplete, Before = null, After = null, Found = Condition.Exited, Explanation = "the breaker was open", HeightBefore = null, HeightAfter = null, TookMs = 30_400, Losses = new Losses.None("no wallet was open"), Steps = [step] }),
        };
    }

    /// <summary>Stands still, but what is waited for comes.</summary>
    private sealed class AtNoon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => ApiSetup.Noon;
    }

    /// <summary>What the bus would bring to the deliver trigger.</summary>
    private static async Task DeliverAsync(ApiUnderTest api, CancellationToken cancellation)
    {
        var deliver = new DeliverTrigger(api.Monitor, [new RecordingNotifier("mail") { Answer = _ => new Notified.Delivered("250 2.0.0 Ok: queued as 4bX9") }]);
        try
        {
            while (true)
            {
                var (_, message) = await api.Bus.NextAsync(cancellation);
                await ((SteppingTime)api.Clock).RunAsync(deliver.InvokeAsync(new TriggerCall.Bus(message.Body, message.MessageId, 1, null), cancellation));
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }
}
