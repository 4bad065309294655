using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Incidents within the commits that make them: what was read of a subject's open incident, and the rows that go into the same atomic write as the
/// change of its health.
/// </summary>
internal sealed partial class Incidents(Monitor monitor)
{
    private readonly ILogger _log = monitor.Logs.CreateLogger<Incidents>();

    public Task<Stored<Incident>?> OpenAsync(string subject, CancellationToken cancellation) =>
        IncidentRows.FindOpenAsync(monitor.Table, subject, e => Log.Unreadable(_log, e.Message), cancellation);

    /// <summary>Null where the change has nothing to do with incidents, or there is none.</summary>
    public async Task<Stored<Incident>?> OpenAsync(NodeChange change, CancellationToken cancellation) =>
        NodeIncidents.Concern(change) ? await OpenAsync(change.Next.Id.ToString(), cancellation) : null;

    /// <summary>The rows of trouble that an alert tells of.</summary>
    public async Task<IEnumerable<RowChange>> FailsAsync(Alert alert, string cause, CancellationToken cancellation)
    {
        var before = await OpenAsync(alert.Subject, cancellation);
        var open = IncidentFold.Fails(Known(before), Trouble.Of(alert, cause), alert.At, alert.Id);
        return [AlertRows.Stored(alert with { Incident = open.Id }), .. IncidentRows.Of(alert.Subject, before, new IncidentsChange(open, [], []), monitor.Policy.Rules, monitor.Now)];
    }

    /// <summary>The rows of the end of such trouble.</summary>
    /// <param name="alert">That tells of it; null when nobody is told.</param>
    public async Task<IEnumerable<RowChange>> EndsAsync(string subject, string cause, string text, Alert? alert, CancellationToken cancellation)
    {
        var before = await OpenAsync(subject, cancellation);
        if (Known(before) is not { } open)
        {
            return alert is null ? [] : [AlertRows.Stored(alert)];
        }

        var next = IncidentFold.Ends(open, cause, alert?.At ?? monitor.Now, text);
        var change = next.State == IncidentState.Resolved ? new IncidentsChange(null, [next], []) : new IncidentsChange(next, [], []);
        return [.. alert is null ? Array.Empty<RowChange>() : [AlertRows.Stored(alert with { Incident = open.Id })], .. IncidentRows.Of(subject, before, change, monitor.Policy.Rules, monitor.Now)];
    }

    /// <summary>The rows that end whatever is open of a subject that is no more.</summary>
    public async Task<IEnumerable<RowChange>> RemovedAsync(string subject, CancellationToken cancellation) =>
        await OpenAsync(subject, cancellation) is { } before && Known(before) is { } open
            ? IncidentRows.Closed(before, IncidentFold.Resolved(open, monitor.Now, "it was removed", by: null))
            : [];

    /// <summary>Null for one that could not be read: the next takes its place.</summary>
    public static Incident? Known(Stored<Incident>? before) => before is { Value.Id.Length: > 0 } ? before.Value : null;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "an incident is lost, and the next takes its place: {Reason}")]
        public static partial void Unreadable(ILogger log, string reason);
    }
}
