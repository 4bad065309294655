using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Incidents as rows: the open one of a subject under the subject's own key, so that there can be no second; those that are over by time.</summary>
internal static class IncidentRows
{
    /// <summary>Rows that one incident takes in a commit, at most.</summary>
    public const int Most = 3;

    public static Task<Stored<Incident>?> FindOpenAsync(ITable table, string subject, Action<UnreadableRowException> skipped, CancellationToken cancellation) =>
        // One that cannot be read is replaced by the next: else nothing of its subject could be stored any more.
        table.FindOrRenewAsync(Keys.OpenIncident(subject), CoreJson.Default.Incident, () => new Incident { Id = "", Subject = subject, OpenedAt = default, Severity = default, Title = "", Text = "" }, skipped, cancellation);

    /// <summary>Open or over; null where there is none with that id.</summary>
    public static async Task<Stored<Incident>?> FindAsync(ITable table, string subject, string id, CancellationToken cancellation)
    {
        // First where it is open: it goes from there to the others in one write, and never back.
        var open = await table.FindAsync(Keys.OpenIncident(subject), CoreJson.Default.Incident, cancellation);
        return open?.Value.Id == id ? open
            : await PlaceAsync(table, id, cancellation) is { } place && place.Subject == subject ? await table.FindAsync(Keys.ClosedIncident(subject, place.OpenedAt, id), CoreJson.Default.Incident, cancellation)
            : null;
    }

    /// <summary>The same, for whoever has only the id.</summary>
    public static async Task<Stored<Incident>?> FindAsync(ITable table, string id, CancellationToken cancellation) =>
        await PlaceAsync(table, id, cancellation) is { } place ? await FindAsync(table, place.Subject, id, cancellation) : null;

    private static async Task<IncidentPlace?> PlaceAsync(ITable table, string id, CancellationToken cancellation) =>
        Keys.IncidentPlace(id) is { } at ? (await table.FindAsync(at, MonitorJson.Default.IncidentPlace, cancellation))?.Value : null;

    /// <param name="before">As it was read; null where there was none.</param>
    public static IEnumerable<RowChange> Of(string subject, Stored<Incident>? before, IncidentsChange change, AlertRules rules, DateTimeOffset now)
    {
        foreach (var closed in change.Closed)
        {
            yield return Written(Keys.ClosedIncident(closed), closed);
            if (closed.Id != before?.Value.Id)
            {
                yield return Place(closed);
            }
        }

        if (change.Open is not { } open)
        {
            if (before is not null)
            {
                yield return new RowChange.Delete(Keys.OpenIncident(subject), before.Version);
            }

            yield break;
        }

        if (before is null || !ReferenceEquals(open, before.Value))
        {
            yield return Open(open, before?.Version, rules, now);
        }

        if (open.Id != before?.Value.Id)
        {
            yield return Place(open);
        }
    }

    /// <summary>Changes the row of one that is open or over, under its version.</summary>
    public static RowChange Changed(Stored<Incident> before, Incident next, AlertRules rules, DateTimeOffset now) => next.State == IncidentState.Open
        ? Open(next, before.Version, rules, now)
        : new RowChange.Replace(new Row { Key = Keys.ClosedIncident(next), Doc = Text(next), Version = before.Version });

    /// <summary>Only when an open one is looked at again.</summary>
    public static RowChange PutOff(Stored<Incident> open, DateTimeOffset until) =>
        new RowChange.Replace(new Row { Key = Keys.OpenIncident(open.Value.Subject), Doc = Text(open.Value), Due = until, Version = open.Version });

    /// <summary>Moves an open one to those that are over.</summary>
    public static IEnumerable<RowChange> Closed(Stored<Incident> before, Incident resolved) =>
    [
        new RowChange.Delete(Keys.OpenIncident(resolved.Subject), before.Version),
        Written(Keys.ClosedIncident(resolved), resolved),
    ];

    private static RowChange Open(Incident open, string? version, AlertRules rules, DateTimeOffset now)
    {
        var row = new Row { Key = Keys.OpenIncident(open.Subject), Doc = Text(open), Due = IncidentLook.Next(open, rules, now), Version = version };
        return version is null ? new RowChange.Insert(row) : new RowChange.Replace(row);
    }

    private static RowChange.Put Written(RowKey key, Incident incident) => new(new Row { Key = key, Doc = Text(incident) });

    private static RowChange.Put Place(Incident incident) =>
        new(new Row { Key = Keys.IncidentPlace(incident.Id)!.Value, Doc = JsonSerializer.Serialize(new IncidentPlace(incident.Subject, incident.OpenedAt), MonitorJson.Default.IncidentPlace) });

    private static string Text(Incident incident) => FittingText.Of(incident);
}
