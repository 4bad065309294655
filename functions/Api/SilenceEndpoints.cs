using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET</c> and <c>POST /api/silences</c>, <c>DELETE /api/silences/{id}</c>, and <c>POST /api/maintenance</c>.</summary>
internal sealed partial class SilenceEndpoints(ApiParts parts)
{
    private static readonly (TimeSpan Least, TimeSpan Most) Bounds = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(Silence.MostDays));

    /// <summary>A client's clock may be so far behind.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(5);

    private readonly SilenceBook _book = new(parts.Monitor);
    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<SilenceEndpoints>();

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/silences", ApiRole.Viewer, ListAsync);
        routes.Post("/api/silences", ApiRole.Operator, AddAsync);
        routes.Delete("/api/silences/{id}", ApiRole.Operator, EndAsync);
        routes.Post("/api/maintenance", ApiRole.Operator, MaintainAsync);
    }

    private async Task<ApiResponse> ListAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        var now = parts.Monitor.Now;
        var silences = (await _book.ListAsync(context.RequestAborted)).Select(s => SilenceView.Of(s, now));
        return ApiResponse.Json(
            new SilenceList([.. silences.OrderBy(s => s.State).ThenByDescending(s => s.Until).ThenBy(s => s.Id, StringComparer.Ordinal)]), ApiJson.Default.SilenceList);
    }

    private async Task<ApiResponse> AddAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request);
        var (body, refusal) = query.Error is null ? await JsonBody.ReadAsync(context.Request, ApiJson.Default.SilenceRequest, context.RequestAborted) : (null, query.Error);
        if (body is null)
        {
            return refusal!;
        }

        var now = parts.Monitor.Now;
        var from = body.From?.ToUniversalTime() ?? now;
        if (from < now - Past || from > now + Bounds.Most)
        {
            return ApiResponse.Problem(StatusCodes.Status400BadRequest, $"from is {Words.Time(from)}: now ({Words.Time(now)}) to {Silence.MostDays} days ahead");
        }

        var (matcher, problem) = MatcherReader.Read(body.Match);
        return matcher is null
            ? ApiResponse.Problem(StatusCodes.Status400BadRequest, problem!)
            : await AddAsync(context, SilenceKind.Silence, matcher, new Wish(from, body.Minutes, body.Until, body.By, body.Comment));
    }

    private async Task<ApiResponse> MaintainAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request);
        var (body, refusal) = query.Error is null ? await JsonBody.ReadAsync(context.Request, ApiJson.Default.MaintenanceRequest, context.RequestAborted) : (null, query.Error);
        if (body is null)
        {
            return refusal!;
        }

        var (matcher, wrong) = await WhomAsync(body, context.RequestAborted);
        return wrong ?? await AddAsync(context, SilenceKind.Maintenance, matcher!, new Wish(parts.Monitor.Now, body.Minutes, body.Until, body.By, body.Comment));
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

    private async Task<ApiResponse> AddAsync(HttpContext context, SilenceKind kind, AlertMatcher matcher, Wish wish)
    {
        var (by, unnamed) = OperatorWord.Who(ApiCaller.Of(context), wish.By);
        var (comment, unsaid) = OperatorWord.Comment(wish.Comment);
        var (until, never) = OperatorWord.Until(wish.Minutes, wish.Until, wish.From, Bounds, otherwise: null);
        if ((unnamed ?? unsaid ?? never) is { } refusal)
        {
            return refusal;
        }

        if (until <= parts.Monitor.Now)
        {
            return ApiResponse.Problem(StatusCodes.Status400BadRequest, $"until is {Words.Time(until)}: that has passed");
        }

        var silence = new Silence { Id = "", Kind = kind, Match = matcher, From = wish.From, Until = until, By = by, Comment = comment };
        var warning = await KnownSubjects.WarningAsync(matcher, parts.Directory, context.RequestAborted);
        return Answer(context, "made", by, await _book.AddAsync(silence, context.RequestAborted), StatusCodes.Status201Created, warning);
    }

    private async Task<ApiResponse> EndAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "by");
        var (by, unnamed) = OperatorWord.Who(ApiCaller.Of(context), query.Text("by"));
        return query.Error ?? unnamed
            ?? Answer(context, "ended", by, await _book.EndAsync(ApiRoutes.Value(context, "id"), by, context.RequestAborted), StatusCodes.Status200OK, warning: null);
    }

    private ApiResponse Answer(HttpContext context, string deed, string by, SilenceWritten written, int status, string? warning)
    {
        if (written is SilenceWritten.Done { Silence: var silence })
        {
            var address = ApiCaller.Of(context).Address;
            Log.Did(_log, by, address, deed, silence.Kind, silence.Id, silence.Until);
            return ApiResponse.Json(SilenceView.Of(silence, parts.Monitor.Now) with { Warning = warning }, ApiJson.Default.SilenceView, status);
        }

        return written switch
        {
            SilenceWritten.Conflict conflict => ApiResponse.Problem(StatusCodes.Status409Conflict, conflict.Why),
            SilenceWritten.Raced => IncidentEndpoints.Raced(),
            _ => ApiResponse.Problem(StatusCodes.Status404NotFound, "no silence has this id, or it ended long ago"),
        };
    }

    private sealed record Wish(DateTimeOffset From, int? Minutes, DateTimeOffset? Until, string? By, string? Comment);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} {Deed} {Kind} {Id}, until {Until}")]
        public static partial void Did(ILogger log, string who, System.Net.IPAddress address, string deed, SilenceKind kind, string id, DateTimeOffset until);
    }
}
