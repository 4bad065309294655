using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/audit</c>: who did what.</summary>
internal sealed class AuditEndpoints(ApiParts parts)
{
    public const int MostEntries = 500;
    private const int UsualEntries = 100;

    private readonly AuditBook _book = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<AuditBook>());

    public void Map(ApiRoutes routes) => routes.Get("/api/audit", ApiRole.Viewer, ListAsync);

    private async Task<ApiResponse> ListAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "subject", "before", "limit");
        var subject = query.Subject("subject");
        var before = query.Time("before");
        var limit = query.Number("limit", 1, MostEntries, UsualEntries);
        return query.Error ?? ApiResponse.Json(await _book.ReadAsync(subject, before, limit, context.RequestAborted), ApiJson.Default.AuditList);
    }
}
