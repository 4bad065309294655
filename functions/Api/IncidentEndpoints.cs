using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/incidents</c>, <c>GET /api/incidents/{id}</c>, and what operators do about one: <c>ack</c> and <c>resolve</c>.</summary>
internal sealed class IncidentEndpoints(ApiParts parts)
{
    private const int MostIncidents = 500;
    private const int UsualIncidents = 100;

    private readonly IncidentBook _book = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<IncidentBook>());
    private readonly IncidentTimeline _timeline = new(
        parts.Monitor.Table,
        new AlertBook(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<AlertBook>()),
        parts.Monitor.Logs.CreateLogger<IncidentTimeline>());

    private readonly IncidentDeeds _deeds = new(parts);

    private enum Wanted
    {
        Open,
        Resolved,
        All,
    }

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/incidents", ApiRole.Viewer, ListAsync);
        routes.Get("/api/incidents/{id}", ApiRole.Viewer, GetAsync);
        routes.Post("/api/incidents/{id}/ack", ApiRole.Operator, AcknowledgeAsync);
        routes.Delete("/api/incidents/{id}/ack", ApiRole.Operator, UnacknowledgeAsync);
        routes.Post("/api/incidents/{id}/resolve", ApiRole.Operator, ResolveAsync);
    }

    private async Task<ApiResponse> ListAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "state", "subject", "since", "limit");
        var wanted = query.Choice<Wanted>("state") ?? Wanted.Open;
        var filter = new IncidentFilter { Open = wanted != Wanted.Resolved, Resolved = wanted != Wanted.Open, Subject = query.Subject("subject"), Since = query.Time("since") };
        var limit = query.Number("limit", 1, MostIncidents, UsualIncidents);
        if (query.Error is { } error)
        {
            return error;
        }

        var page = await _book.ListAsync(filter, limit, context.RequestAborted);
        var now = parts.Monitor.Now;
        return ApiResponse.Json(
            new IncidentList([.. page.Incidents.Select(i => IncidentView.Of(i, now))]) { Truncated = page.Truncated ? true : null }, ApiJson.Default.IncidentList);
    }

    private async Task<ApiResponse> GetAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        if (await _book.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted) is not { Value: var incident })
        {
            return Missing();
        }

        var now = parts.Monitor.Now;
        var (entries, leftOut) = await _timeline.ReadAsync(incident, now, context.RequestAborted);
        var detail = new IncidentDetail { Incident = IncidentView.Of(incident, now), Timeline = entries, LeftOut = leftOut.IsEmpty ? null : leftOut };
        return ApiResponse.Json(detail, ApiJson.Default.IncidentDetail);
    }

    private async Task<ApiResponse> AcknowledgeAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request);
        var (body, refusal) = query.Error is null ? await JsonBody.ReadOptionalAsync(context, ApiJson.Default.AckRequest) : (null, query.Error);
        if (body is null)
        {
            return refusal!;
        }

        return Answer(await _deeds.AcknowledgeAsync(ApiCaller.Of(context), ApiRoutes.Value(context, "id"), body, context.RequestAborted));
    }

    private async Task<ApiResponse> UnacknowledgeAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "by");
        var by = query.Text("by");
        return query.Error ?? Answer(await _deeds.UnacknowledgeAsync(ApiCaller.Of(context), ApiRoutes.Value(context, "id"), by, context.RequestAborted));
    }

    private async Task<ApiResponse> ResolveAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request);
        var (body, refusal) = query.Error is null ? await JsonBody.ReadOptionalAsync(context, ApiJson.Default.ResolveRequest) : (null, query.Error);
        if (body is null)
        {
            return refusal!;
        }

        return Answer(await _deeds.ResolveAsync(ApiCaller.Of(context), ApiRoutes.Value(context, "id"), body, context.RequestAborted));
    }

    private ApiResponse Answer((Incident? Incident, ApiResponse? Refusal) end) =>
        end.Incident is { } incident ? ApiResponse.Json(IncidentView.Of(incident, parts.Monitor.Now), ApiJson.Default.IncidentView) : end.Refusal!;

    /// <summary>Nothing was written, and a second try may well succeed.</summary>
    public static ApiResponse Raced() =>
        ApiResponse.Problem(StatusCodes.Status503ServiceUnavailable, "others changed it at the same time, again and again; nothing was written: try again") with
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private static ApiResponse Missing() => ApiResponse.Problem(StatusCodes.Status404NotFound, "no incident has this id, or it was kept for long enough");
}
