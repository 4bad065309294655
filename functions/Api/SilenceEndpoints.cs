using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET</c> and <c>POST /api/silences</c>, <c>DELETE /api/silences/{id}</c>, and <c>POST /api/maintenance</c>.</summary>
internal sealed class SilenceEndpoints(ApiParts parts)
{
    private readonly SilenceBook _book = new(parts.Monitor);
    private readonly SilenceDeeds _deeds = new(parts);

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

        return Made(await _deeds.AddAsync(ApiCaller.Of(context), body, context.RequestAborted));
    }

    private async Task<ApiResponse> MaintainAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request);
        var (body, refusal) = query.Error is null ? await JsonBody.ReadAsync(context.Request, ApiJson.Default.MaintenanceRequest, context.RequestAborted) : (null, query.Error);
        if (body is null)
        {
            return refusal!;
        }

        return Made(await _deeds.MaintainAsync(ApiCaller.Of(context), body, context.RequestAborted));
    }

    private async Task<ApiResponse> EndAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "by");
        var by = query.Text("by");
        return query.Error ?? Answer(await _deeds.EndAsync(ApiCaller.Of(context), ApiRoutes.Value(context, "id"), by, context.RequestAborted), StatusCodes.Status200OK);
    }

    private static ApiResponse Made((SilenceView? Silence, ApiResponse? Refusal) end) => Answer(end, StatusCodes.Status201Created);

    private static ApiResponse Answer((SilenceView? Silence, ApiResponse? Refusal) end, int status) =>
        end.Silence is { } silence ? ApiResponse.Json(silence, ApiJson.Default.SilenceView, status) : end.Refusal!;
}
