using System.Text;

namespace MoneroCloud.Functions;

/// <summary><c>/dashboard</c>: the fleet on one page to read.</summary>
internal sealed class DashboardEndpoints(ApiParts parts, DashboardAccess access, CachedHealth health)
{
    private readonly IncidentBook _incidents = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<IncidentBook>());

    public void Map(ApiRoutes routes)
    {
        routes.Get("/dashboard", null, PageAsync);
        routes.Get("/dashboard/style.css", null, StyleAsync);
        routes.Post("/dashboard/login", null, access.LoginAsync);
        routes.Post("/dashboard/logout", null, access.LogoutAsync);
    }

    private static Task<ApiResponse> StyleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Task.FromResult(new ApiResponse(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(DashboardPage.Style), "text/css; charset=utf-8"));
    }

    private async Task<ApiResponse> PageAsync(HttpContext context)
    {
        if (access.Refusal(context) is { } refusal)
        {
            return refusal;
        }

        var view = await health.GetAsync().WaitAsync(context.RequestAborted);
        var agents = await parts.Directory.AgentsAsync(context.RequestAborted);
        var nodes = await parts.Directory.AllAsync(context.RequestAborted);
        var open = await _incidents.ListAsync(new IncidentFilter(), DashboardPage.MostNodes, context.RequestAborted);
        var (policy, now) = (parts.Monitor.Policy, parts.Monitor.Now);
        return DashboardAccess.Page(
            context,
            DashboardPage.Fleet(
                view,
                [.. nodes.Select(n => NodeViews.Of(n, agents.GetValueOrDefault(n.Id.Agent), policy, now))],
                [.. agents.Values.Select(a => NodeViews.Of(a, policy, now))],
                open,
                now),
            StatusCodes.Status200OK);
    }
}
