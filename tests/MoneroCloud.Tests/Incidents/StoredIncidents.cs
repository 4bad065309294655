using System.Text.Json;
using MoneroCloud.Core;
using MoneroCloud.Functions;
using MoneroCloud.Tests.Api;
using Xunit;

namespace MoneroCloud.Tests.Incidents;

/// <summary>Incidents and what belongs to them, as the monitor would have stored them.</summary>
internal static class StoredIncidents
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opened so many minutes before noon.</summary>
    public static Incident Open(string subject, int minutesAgo, AlertSeverity severity = AlertSeverity.Critical)
    {
        var at = ApiSetup.Noon.AddMinutes(-minutesAgo);
        return new Incident
        {
            Id = $"{Shard.Of(subject)}{Core.Alert.IdOf(subject, $"{minutesAgo}", AlertKind.Down)}",
            Subject = subject,
            OpenedAt = at,
            Severity = severity,
            Title = $"{subject} is Down: Exited",
            Text = "it was ended by signal 9",
            Condition = Condition.Exited,
            Causes = ["outage"],
            ToldAt = at.AddSeconds(30),
            ToldSeverity = severity,
            ToldTo = ["log"],
            Actions =
            [
                new IncidentAction(at, IncidentActionKind.Opened, $"{subject} is Down: Exited"),
                new IncidentAction(at.AddSeconds(30), IncidentActionKind.Told, "over log"),
            ],
        };
    }

    public static Incident Resolved(string subject, int minutesAgo, int lasted = 1)
    {
        var open = Open(subject, minutesAgo);
        var at = open.OpenedAt.AddMinutes(lasted);
        return open with
        {
            State = IncidentState.Resolved,
            ResolvedAt = at,
            Causes = [],
            Actions = open.Actions.Add(new IncidentAction(at, IncidentActionKind.Resolved, "it works again")),
        };
    }

    public static async Task StoreAsync(this ITable table, params Incident[] incidents)
    {
        foreach (var incident in incidents)
        {
            var key = incident.State == IncidentState.Open ? Keys.OpenIncident(incident.Subject) : Keys.ClosedIncident(incident);
            var place = JsonSerializer.Serialize(new IncidentPlace(incident.Subject, incident.OpenedAt), MonitorJson.Default.IncidentPlace);
            Assert.IsType<CommitResult.Committed>(await table.CommitAsync(
                [
                    new RowChange.Put(new Row { Key = key, Doc = JsonSerializer.Serialize(incident, CoreJson.Default.Incident), Due = incident.State == IncidentState.Open ? incident.OpenedAt.AddHours(4) : null }),
                    new RowChange.Put(new Row { Key = Keys.IncidentPlace(incident.Id)!.Value, Doc = place }),
                ],
                Cancellation));
        }
    }

    public static async Task HistoryAsync(this ITable table, string subject, params IEnumerable<HistoryEntry> entries)
    {
        foreach (var part in entries.Chunk(10))
        {
            Assert.IsType<CommitResult.Committed>(await table.CommitAsync(
                [.. part.Select(e => new RowChange.Put(new Row { Key = Keys.History(subject, e), Doc = JsonSerializer.Serialize(e, CoreJson.Default.HistoryEntry) }))], Cancellation));
        }
    }

    public static async Task DeliveredAsync(this ITable table, params DeliveryRecord[] records)
    {
        foreach (var record in records)
        {
            await table.CommitAsync(
                [new RowChange.Put(new Row { Key = Keys.Delivered(record.Alert, record.Channel), Doc = JsonSerializer.Serialize(record, MonitorJson.Default.DeliveryRecord) })], Cancellation);
        }
    }

    public static Alert Alert(Incident incident, int secondsAfter, string? of = "its own") => new()
    {
        Id = Core.Alert.IdOf(incident.Subject, $"{secondsAfter}", AlertKind.Down),
        Subject = incident.Subject,
        Kind = AlertKind.Down,
        Severity = incident.Severity,
        At = incident.OpenedAt.AddSeconds(secondsAfter),
        Due = incident.OpenedAt.AddSeconds(secondsAfter),
        Title = incident.Title,
        Text = incident.Text,
        Incident = of == "its own" ? incident.Id : of,
    };

    public static DeliveryRecord Delivery(Alert alert, string channel = "log") => new() { Alert = alert, Channel = channel, At = alert.At.AddSeconds(1), Receipt = "written to the log", Attempts = 1 };
}
