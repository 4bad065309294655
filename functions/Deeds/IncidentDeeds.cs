using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What people do about an incident, from wherever: the API and the pages do it by this and nothing else.</summary>
internal sealed partial class IncidentDeeds(ApiParts parts)
{
    private readonly IncidentBook _book = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<IncidentBook>());
    private readonly IncidentWrites _writes = new(parts.Monitor);
    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<IncidentDeeds>();

    /// <returns>The incident as it is now; or the answer that refuses it.</returns>
    public async Task<(Incident? Incident, ApiResponse? Refusal)> AcknowledgeAsync(ApiCaller caller, string id, AckRequest request, CancellationToken cancellation)
    {
        var (by, unnamed) = OperatorWord.Who(caller, request.By);
        var (comment, unsaid) = OperatorWord.Comment(request.Comment);
        var (until, never) = OperatorWord.Until(
            request.Minutes, request.Until, parts.Monitor.Now, (IncidentWrites.ShortestAck, IncidentWrites.LongestAck), IncidentWrites.UsualAck);
        return (unnamed ?? unsaid ?? never) is { } refusal
            ? (null, refusal)
            : await DoAsync(caller, id, by, "acknowledge", "acknowledged", $"until {Words.Time(until)}{Behind(comment)}", () => _writes.AcknowledgeAsync(id, by, until, comment, cancellation), cancellation);
    }

    public async Task<(Incident? Incident, ApiResponse? Refusal)> UnacknowledgeAsync(ApiCaller caller, string id, string? given, CancellationToken cancellation)
    {
        var (by, unnamed) = OperatorWord.Who(caller, given);
        return unnamed is not null
            ? (null, unnamed)
            : await DoAsync(caller, id, by, "take an acknowledgement back", "took back the acknowledgement of", null, () => _writes.UnacknowledgeAsync(id, by, cancellation), cancellation);
    }

    public async Task<(Incident? Incident, ApiResponse? Refusal)> ResolveAsync(ApiCaller caller, string id, ResolveRequest request, CancellationToken cancellation)
    {
        var (by, unnamed) = OperatorWord.Who(caller, request.By);
        var (comment, unsaid) = OperatorWord.Comment(request.Comment);
        return (unnamed ?? unsaid) is { } refusal
            ? (null, refusal)
            : await DoAsync(caller, id, by, "resolve", "resolved", comment, () => _writes.ResolveAsync(id, by, comment, cancellation), cancellation);
    }

    private async Task<(Incident? Incident, ApiResponse? Refusal)> DoAsync(
        ApiCaller caller, string id, string by, string deed, string done, string? details, Func<Task<IncidentWritten>> write, CancellationToken cancellation)
    {
        // One that is not there leaves no line.
        if (await _book.FindAsync(id, cancellation) is not { Value: var before })
        {
            return (null, Missing());
        }

        var intent = new AuditIntent(caller, by, deed, before.Subject) { Details = $"incident {before.Id}{(details is null ? "" : $", {details}")}" };
        var written = await parts.Audit.DoAsync(intent, write, w => w is IncidentWritten.Done ? "done" : $"refused: {Refusal(w).Detail}", cancellation);
        if (written is not IncidentWritten.Done { Incident: var incident })
        {
            return (null, Refusal(written));
        }

        Log.Did(_log, by, caller.Address, done, incident.Id, incident.Subject);
        return (incident, null);
    }

    private static ApiResponse Refusal(IncidentWritten written) => written switch
    {
        IncidentWritten.Over over => ApiResponse.Problem(
            StatusCodes.Status409Conflict, $"the incident of {over.Incident.Subject} is over since {Words.Time(over.Incident.ResolvedAt ?? over.Incident.OpenedAt)}"),
        IncidentWritten.Needless needless => ApiResponse.Problem(StatusCodes.Status409Conflict, needless.Why),
        IncidentWritten.Raced => IncidentEndpoints.Raced(),
        _ => Missing(),
    };

    private static ApiResponse Missing() => ApiResponse.Problem(StatusCodes.Status404NotFound, "no incident has this id, or it was kept for long enough");

    private static string Behind(string? comment) => comment is null ? "" : $": {comment}";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} {Deed} incident {Incident} of {Subject}")]
        public static partial void Did(ILogger log, string who, System.Net.IPAddress address, string deed, string incident, string subject);
    }
}
