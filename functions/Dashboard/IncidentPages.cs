using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>/dashboard/incidents</c> and <c>/dashboard/incidents/{id}</c>: where every alert leads to. To read; nothing is done here.</summary>
internal sealed class IncidentPages(ApiParts parts, DashboardAccess access)
{
    private const int MostOpen = 500;
    private const int MostResolved = 50;

    private readonly IncidentBook _book = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<IncidentBook>());
    private readonly IncidentTimeline _timeline = new(
        parts.Monitor.Table,
        new AlertBook(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<AlertBook>()),
        parts.Monitor.Logs.CreateLogger<IncidentTimeline>());

    public void Map(ApiRoutes routes)
    {
        routes.Get(DashboardAccess.Incidents, null, ListAsync);
        routes.Get(DashboardAccess.Incidents + "/{id}", null, OneAsync);
    }

    private async Task<ApiResponse> ListAsync(HttpContext context)
    {
        if (access.Refusal(context) is { } refusal)
        {
            return refusal;
        }

        var open = await _book.ListAsync(new IncidentFilter(), MostOpen, context.RequestAborted);
        var resolved = await _book.ListAsync(new IncidentFilter { Open = false, Resolved = true }, MostResolved, context.RequestAborted);
        return DashboardAccess.Page(context, IncidentHtml.List(open, resolved, parts.Monitor.Now), StatusCodes.Status200OK);
    }

    private async Task<ApiResponse> OneAsync(HttpContext context)
    {
        if (access.Refusal(context) is { } refusal)
        {
            return refusal;
        }

        if (await _book.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted) is not { Value: var incident })
        {
            return DashboardAccess.Page(context, IncidentHtml.Missing(), StatusCodes.Status404NotFound);
        }

        var now = parts.Monitor.Now;
        var (entries, leftOut) = await _timeline.ReadAsync(incident, now, context.RequestAborted);
        return DashboardAccess.Page(context, IncidentHtml.One(IncidentView.Of(incident, now), entries, leftOut, now), StatusCodes.Status200OK);
    }
}
