using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Incidents;

/// <summary>What is shown around an incident, and what is left out.</summary>
public sealed class IncidentTimelineTests
{
    private readonly MemoryTable _table = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Actions_history_deliveries_and_what_is_still_to_be_told_are_one_list_by_time()
    {
        var incident = StoredIncidents.Open("host.main", 10) with { ToldTo = ["log"] };
        var at = incident.OpenedAt;
        await _table.HistoryAsync(
            "host.main",
            Entry(at.AddMinutes(-6), "1.1", new NodeFact.Answered(65561, 900)),
            Entry(at.AddMinutes(-1), "1.2", new NodeFact.Ordered("restart", "root")),
            Entry(at, "1.3", new NodeFact.Exited(7, null, 9, ExitCause.Unknown, false)) with
            {
                Transition = new Transition(HealthState.Up, HealthState.Down, Condition.Healthy, Condition.Exited, at, "it was ended by signal 9"),
            },
            Entry(at.AddMinutes(2), "1.4", new NodeFact.Proved(Messages.WireSamples.Proof)),
            OrderMark.Of(Messages.RowSamples.Order(OrderState.Stored), at.AddMinutes(1))!);
        await _table.DeliveredAsync(StoredIncidents.Delivery(StoredIncidents.Alert(incident, 30)), StoredIncidents.Delivery(StoredIncidents.Alert(incident, 31, of: null)), StoredIncidents.Delivery(StoredIncidents.Alert(incident, 32, of: "another")));
        await PendAsync(StoredIncidents.Alert(incident, 700), "mail", "the server answered 451");

        var (entries, leftOut) = await ReadAsync(incident);

        Assert.Empty(leftOut);
        Assert.Equal(
            [
                (TimelineKind.Event, "restart ordered by root"),
                (TimelineKind.Event, "exited (signal 9), pid 7"),
                (TimelineKind.State, "Up -> Down: Exited: it was ended by signal 9"),
                (TimelineKind.Incident, "opened: host.main is Down: Exited"),
                (TimelineKind.Incident, "told: over log"),
                (TimelineKind.Alert, "log: \"host.main is Down: Exited\" delivered: written to the log"),
                (TimelineKind.Alert, "log: \"host.main is Down: Exited\" delivered: written to the log"),
                (TimelineKind.Order, $"order {Messages.WireSamples.OrderId}: restart, placed by operator"),
                (TimelineKind.Event, "restarted in 13.4 s, pid 4242 -> 4311, height 121 -> 61"),
                (TimelineKind.Pending, "mail: \"host.main is Down: Exited\" deferred after 2 tries: the server answered 451; again at 2026-01-15 12:01:40 UTC"),
            ],
            entries.Select(e => (e.Kind, e.Text)));
        Assert.Equal("operator", entries.Single(e => e.Kind == TimelineKind.Order).By);
        Assert.Contains(entries.Single(e => e.Details is not null).Details!.Value, line => line.StartsWith("lost: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_came_after_its_end_belongs_to_another()
    {
        var incident = StoredIncidents.Resolved("host.main", 60);
        await _table.HistoryAsync("host.main", Entry(incident.ResolvedAt!.Value.AddSeconds(1), "1.1", new NodeFact.Spawned(1)), Entry(incident.ResolvedAt.Value.AddMinutes(10), "1.2", new NodeFact.Spawned(2)));

        var (entries, _) = await ReadAsync(incident);

        Assert.Equal(["started, pid 1"], entries.Where(e => e.Kind == TimelineKind.Event).Select(e => e.Text));
    }

    [Fact]
    public async Task Of_a_long_one_its_beginning_and_its_end_are_shown_and_what_is_left_out_is_said()
    {
        var incident = StoredIncidents.Open("host.main", 600);
        await _table.HistoryAsync("host.main", Enumerable.Range(0, 2_000).Select(i => Entry(incident.OpenedAt.AddSeconds(i * 15), $"1.{i}", new NodeFact.Spawned(i))));
        await _table.DeliveredAsync([.. Enumerable.Range(0, 250).Select(i => StoredIncidents.Delivery(StoredIncidents.Alert(incident, 60 + i)))]);

        var (entries, leftOut) = await ReadAsync(incident);

        Assert.Equal(IncidentTimeline.Most, entries.Length);
        Assert.Equal(entries.OrderBy(e => e.At).Select(e => e.At), entries.Select(e => e.At));
        Assert.Contains(entries, e => e.Text == "started, pid 0");
        Assert.Contains(entries, e => e.Text == "started, pid 1999");
        Assert.Equal(3, leftOut.Length);
        Assert.Equal("a part of the history: GET /api/nodes/host.main/history has all of it", leftOut[0]);
        Assert.StartsWith("a part of the deliveries: ", leftOut[1], StringComparison.Ordinal);
        Assert.Matches("^[0-9]+ lines between 2026-01-15 [0-9:]+ UTC and 2026-01-15 [0-9:]+ UTC$", leftOut[2]);
    }

    [Theory]
    [InlineData(IncidentTimeline.MostHistory, 0)]
    [InlineData(IncidentTimeline.MostHistory + 1, 0)]
    [InlineData(IncidentTimeline.MostHistory + IncidentTimeline.MostEarly, 0)]
    [InlineData(IncidentTimeline.MostHistory + IncidentTimeline.MostEarly + 1, 1)]
    public async Task A_history_that_is_shown_as_a_whole_is_not_called_cut(int count, int notes)
    {
        var incident = StoredIncidents.Open("host.main", 20);
        await _table.HistoryAsync("host.main", Enumerable.Range(0, count).Select(i => Entry(incident.OpenedAt.AddSeconds(i), $"1.{i}", new NodeFact.Spawned(i))));

        var (entries, leftOut) = await ReadAsync(incident);

        Assert.Equal(notes, leftOut.Length);
        Assert.Equal(count - notes, entries.Count(e => e.Kind == TimelineKind.Event));
    }

    [Fact]
    public async Task Long_texts_are_cut_so_that_the_whole_fits_into_an_answer()
    {
        var incident = StoredIncidents.Open("host.main", 20);
        await _table.HistoryAsync("host.main", Enumerable.Range(0, 400).Select(i => Entry(incident.OpenedAt.AddSeconds(i), $"1.{i}", new NodeFact.SpawnFailed(new string('\u00e9', 5_000)))));

        var (entries, _) = await ReadAsync(incident);
        var detail = new IncidentDetail { Incident = IncidentView.Of(incident, ApiSetup.Noon), Timeline = entries };

        Assert.All(entries, e => Assert.InRange(e.Text.Length, 1, TimelineEntry.LongestText));
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(detail, ApiJson.Default.IncidentDetail).Length, 100_000, 4 << 20);
    }

    private static HistoryEntry Entry(DateTimeOffset at, string place, NodeFact fact) => new() { At = at, Place = place, Fact = fact };

    private async Task PendAsync(Alert alert, string channel, string trouble) => await _table.CommitAsync(
        [
            new RowChange.Put(new Row
            {
                Key = Keys.Ledger(alert.Subject, channel, alert.Id),
                Doc = JsonSerializer.Serialize(new OutboxItem { Alert = alert, Channel = channel, Attempt = 2, Trouble = trouble }, MonitorJson.Default.OutboxItem),
                Due = alert.At,
            }),
        ],
        Cancellation);

    private Task<(ImmutableArray<TimelineEntry> Entries, ImmutableArray<string> LeftOut)> ReadAsync(Incident incident) =>
        new IncidentTimeline(_table, new AlertBook(_table, NullLogger.Instance), NullLogger.Instance).ReadAsync(incident, ApiSetup.Noon, Cancellation);
}
