using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/health</c>: open, counts only.</summary>
internal sealed class HealthEndpoint(CachedHealth health)
{
    public void Map(ApiRoutes routes) => routes.Get("/api/health", null, GetAsync);

    private async Task<ApiResponse> GetAsync(HttpContext context)
    {
        var view = await health.GetAsync().WaitAsync(context.RequestAborted);
        return ApiResponse.Json(
            view, ApiJson.Default.HealthView, view.Status == MonitorStatus.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
