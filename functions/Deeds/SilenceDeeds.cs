using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Silences and maintenance that people want, from wherever: the API and the pages do it by this and nothing else.</summary>
internal sealed partial class SilenceDeeds(ApiParts parts)
{
    private static readonly (TimeSpan Least, TimeSpan Most) Bounds = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(Silence.MostDays));

    /// <summary>A client's clock may be so far behind.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(5);

    private readonly SilenceBook _book = new(parts.Monitor);
    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<SilenceDeeds>();

    /// <returns>The silence that was made; or the answer that refuses it.</returns>
    public async Task<(SilenceView? Silence, ApiResponse? Refusal)> AddAsync(ApiCaller caller, SilenceRequest request, CancellationToken cancellation)
    {
        var now = parts.Monitor.Now;
        var from = request.From?.ToUniversalTime() ?? now;
        if (from < now - Past || from > now + Bounds.Most)
        {
            return (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, $"from is {Words.Time(from)}: now ({Words.Time(now)}) to {Silence.MostDays} days ahead"));
        }

        var (matcher, problem) = MatcherReader.Read(request.Match);
        return matcher is null
            ? (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, problem!))
            : await AddAsync(caller, SilenceKind.Silence, matcher, new Wish(from, request.Minutes, request.Until, request.By, request.Comment), cancellation);
    }

    public async Task<(SilenceView? Silence, ApiResponse? Refusal)> MaintainAsync(ApiCaller caller, MaintenanceRequest request, CancellationToken cancellation)
    {
        var (matcher, wrong) = await WhomAsync(request, cancellation);
        return wrong is not null
            ? (null, wrong)
            : await AddAsync(caller, SilenceKind.Maintenance, matcher!, new Wish(parts.Monitor.Now, request.Minutes, request.Until, request.By, request.Comment), cancellation);
    }

    /// <summary>Before its time.</summary>
    public async Task<(SilenceView? Silence, ApiResponse? Refusal)> EndAsync(ApiCaller caller, string id, string? given, CancellationToken cancellation)
    {
        var (by, unnamed) = OperatorWord.Who(caller, given);
        if (unnamed is not null)
        {
            return (null, unnamed);
        }

        // One that is not there leaves no line.
        if ((await _book.ListAsync(cancellation)).FirstOrDefault(s => s.Id == id) is not { } silence)
        {
            return (null, Missing());
        }

        var intent = new AuditIntent(caller, by, $"end a {silence.Kind.ToString().ToLowerInvariant()}", NodeId.Monitor) { Details = $"{silence.Id}: {MatchText.Of(AlertMatch.Of(silence.Match))}" };
        return await DoAsync(intent, "ended", () => _book.EndAsync(id, by, cancellation), warning: null, cancellation);
    }

    private async Task<(AlertMatcher? Matcher, ApiResponse? Refusal)> WhomAsync(MaintenanceRequest body, CancellationToken cancellation)
    {
        switch (body)
        {
            case { Node: not null, Agent: not null } or { Node: null, Agent: null }:
                return (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, "node or agent: one of them is needed"));
            case { Agent: { } agent }:
                return NodeName.TryParse(agent, out _) && agent != NodeId.Monitor
                    ? (new AlertMatcher { Agents = [agent] }, null)
                    : (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, $"agent is {ApiQuery.Short(ShownText.Printable(agent))}: an agent's name, {NodeName.Rule}"));
            case { Node: { } node } when NodeId.TryParse(node, out _):
                return (new AlertMatcher { Subjects = [node] }, null);
            default:
                var lookup = await parts.Directory.FindAsync(body.Node!, cancellation);
                return lookup is NodeLookup.Found found
                    ? (new AlertMatcher { Subjects = [found.Node.Value.Id.ToString()] }, null)
                    : (null, NodeEndpoints.Refusal(lookup));
        }
    }

    private async Task<(SilenceView? Silence, ApiResponse? Refusal)> AddAsync(ApiCaller caller, SilenceKind kind, AlertMatcher matcher, Wish wish, CancellationToken cancellation)
    {
        var (by, unnamed) = OperatorWord.Who(caller, wish.By);
        var (comment, unsaid) = OperatorWord.Comment(wish.Comment);
        var (until, never) = OperatorWord.Until(wish.Minutes, wish.Until, wish.From, Bounds, otherwise: null);
        if ((unnamed ?? unsaid ?? never) is { } refusal)
        {
            return (null, refusal);
        }

        if (until <= parts.Monitor.Now)
        {
            return (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, $"until is {Words.Time(until)}: that has passed"));
        }

        var silence = new Silence { Id = "", Kind = kind, Match = matcher, From = wish.From, Until = until, By = by, Comment = comment };
        var warning = await KnownSubjects.WarningAsync(matcher, parts.Directory, cancellation);
        var intent = new AuditIntent(caller, by, kind.ToString().ToLowerInvariant(), NodeId.Monitor)
        {
            Details = $"{MatchText.Of(AlertMatch.Of(matcher))}; until {Words.Time(until)}{(comment is null ? "" : $": {comment}")}",
        };
        return await DoAsync(intent, "made", () => _book.AddAsync(silence, cancellation), warning, cancellation);
    }

    private async Task<(SilenceView? Silence, ApiResponse? Refusal)> DoAsync(AuditIntent intent, string deed, Func<Task<SilenceWritten>> write, string? warning, CancellationToken cancellation)
    {
        var written = await parts.Audit.DoAsync(intent, write, w => w is SilenceWritten.Done done ? $"{deed} {done.Silence.Id}" : $"refused: {Refusal(w).Detail}", cancellation);
        if (written is not SilenceWritten.Done { Silence: var silence })
        {
            return (null, Refusal(written));
        }

        Log.Did(_log, intent.By, intent.Caller.Address, deed, silence.Kind, silence.Id, silence.Until);
        return (SilenceView.Of(silence, parts.Monitor.Now) with { Warning = warning }, null);
    }

    private static ApiResponse Refusal(SilenceWritten written) => written switch
    {
        SilenceWritten.Conflict conflict => ApiResponse.Problem(StatusCodes.Status409Conflict, conflict.Why),
        SilenceWritten.Raced => IncidentEndpoints.Raced(),
        _ => Missing(),
    };

    private static ApiResponse Missing() => ApiResponse.Problem(StatusCodes.Status404NotFound, "no silence has this id, or it ended long ago");

    private sealed record Wish(DateTimeOffset From, int? Minutes, DateTimeOffset? Until, string? By, string? Comment);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} {Deed} {Kind} {Id}, until {Until}")]
        public static partial void Did(ILogger log, string who, System.Net.IPAddress address, string deed, SilenceKind kind, string id, DateTimeOffset until);
    }
}
