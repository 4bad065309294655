using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary><c>alerts test</c>: followed until a channel took or refused it, and what hostile texts do to a terminal.</summary>
public sealed class AlertTestCommandTests
{
    private const string Id = "0123456789abcdef01234567";

    private static readonly string Placed = Told.Ok(JsonSerializer.Serialize(new AlertTestAnswer(Id, "monitor", "mail"), ApiJson.Default.AlertTestAnswer), 202);

    [Fact]
    public async Task Delivered_is_0_with_the_receipt()
    {
        var run = await OfAsync("alerts test --channel mail", Placed, Pending(null), Pending("the server answered 451"), Ended(AlertStatus.Delivered, "250 queued as 17"));

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(
            $"mail: test alert {Id} is stored\nmail: deferred after 1 try: the server answered 451; again at 2026-01-15 10:31:00 UTC\nmail: delivered: 250 queued as 17\n", run.Output);
        Assert.Equal(["POST /api/alerts/test", .. Enumerable.Repeat($"GET /api/alerts?limit=10&subject=monitor&alert={Id}", 3)], run.Asked);
    }

    [Fact]
    public async Task Refused_is_2_and_why()
    {
        var run = await OfAsync("alerts test --channel mail", Placed, Ended(AlertStatus.Refused, "550 no such \u001b[2Juser"));

        Assert.Equal((2, "monerocloud: mail: refused: 550 no such ?[2Juser\n"), (run.Exit, run.Error));
    }

    [Fact]
    public async Task Not_yet_is_1_and_what_is_in_the_way()
    {
        var run = await OfAsync("alerts test --channel mail --wait 1s", Placed, Pending("the server answered 451"));

        Assert.Equal(1, run.Exit);
        Assert.Equal(
            "monerocloud: mail: after 1 s: deferred after 1 try: the server answered 451; again at 2026-01-15 10:31:00 UTC; the monitor goes on with it, 'monerocloud alerts --subject monitor' shows how far it is\n",
            run.Error);
    }

    [Fact]
    public async Task A_monitor_that_goes_away_meanwhile_does_not_end_the_following()
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Once(Placed), Play.ResetAtOnce, Play.Once(Ended(AlertStatus.Delivered, "250 ok")));

        Assert.Equal(0, (await CommandRun.OfAsync(peer.Address, "alerts", "test", "--channel", "mail")).Exit);
    }

    [Fact]
    public async Task A_channel_that_there_is_not_is_2()
    {
        var run = await OfAsync("alerts test --channel lgo", Told.Problem(400, "The request was not understood", "channel is lgo: one of log; did you mean log?"));

        Assert.Equal((2, "monerocloud: The request was not understood: channel is lgo: one of log; did you mean log?\n"), (run.Exit, run.Error));
    }

    [Fact]
    public async Task Nothing_that_a_monitor_tells_moves_the_cursor()
    {
        const string Evil = "a\u001b[2J\nb\u202ec";
        var incident = new IncidentView
        {
            Id = new string('a', 25),
            Subject = Evil,
            State = IncidentState.Open,
            Severity = AlertSeverity.Low,
            Title = Evil,
            Text = Evil,
            OpenedAt = Told.At,
            Causes = [Evil],
            ToldTo = [Evil],
            Reminders = 0,
            Held = new Hold(Evil, Told.At, null),
        };
        var entry = new TimelineEntry { At = Told.At, Kind = TimelineKind.Event, Text = Evil, By = Evil, Details = [Evil] };
        var silence = new SilenceView { Id = Evil, Kind = SilenceKind.Silence, State = SilenceState.Active, Match = new AlertMatch { Subjects = [Evil] }, From = Told.At, Until = Told.At, By = Evil, Comment = Evil, Warning = Evil };
        (string Command, string Answer)[] all =
        [
            ("incidents", Json(new IncidentList([incident]), ApiJson.Default.IncidentList)),
            ($"incident {incident.Id}", Json(new IncidentDetail { Incident = incident, Timeline = [entry], LeftOut = [Evil] }, ApiJson.Default.IncidentDetail)),
            ($"ack {incident.Id}", Json(incident, ApiJson.Default.IncidentView)),
            ($"resolve {incident.Id}", Json(incident, ApiJson.Default.IncidentView)),
            ("silences", Json(new SilenceList([silence]), ApiJson.Default.SilenceList)),
            ("silences add --agent x --for 1h", Json(silence, ApiJson.Default.SilenceView)),
            ("alerts", Ended(AlertStatus.Refused, Evil)),
        ];
        foreach (var (command, answer) in all)
        {
            var run = await OfAsync(command, answer);
            Assert.Equal(0, run.Exit);
            Assert.Contains("?[2J?b?c", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b", run.Output + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202e", run.Output + run.Error, StringComparison.Ordinal);
        }
    }

    private static string Pending(string? trouble) => List(pending: View(trouble is null ? AlertStatus.Pending : AlertStatus.Deferred) with { Attempts = 1, DueAt = new DateTimeOffset(2026, 1, 15, 10, 31, 0, TimeSpan.Zero), Trouble = trouble });

    private static string Ended(AlertStatus status, string text) => List(ended: View(status) with { EndedAt = Told.At, Receipt = status == AlertStatus.Delivered ? text : null, Trouble = status == AlertStatus.Refused ? text : null });

    private static string List(AlertView? pending = null, AlertView? ended = null) => Json(new AlertList(pending is null ? [] : [pending], ended is null ? [] : [ended]), ApiJson.Default.AlertList);

    private static AlertView View(AlertStatus status) => new() { Alert = Messages.RowSamples.Alert with { Id = Id, Subject = "monitor", Kind = AlertKind.Test }, Channel = "mail", Status = status, Attempts = 1 };

    private static string Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => Told.Ok(JsonSerializer.Serialize(value, type));

    private static async Task<(int Exit, string Output, string Error, string[] Asked)> OfAsync(string arguments, params string[] answers)
    {
        await using var peer = ScriptedHttpPeer.Start(Play.Answers(answers));
        var run = await CommandRun.OfAsync(peer.Address, arguments.Split(' '));
        return (run.Exit, run.Output, run.Error, [.. peer.Requests.Select(request => request.Head[..request.Head.IndexOf(" HTTP/", StringComparison.Ordinal)])]);
    }
}
