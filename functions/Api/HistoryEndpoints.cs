using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/nodes/{id}/history</c> and <c>GET /api/agents/{name}/history</c>; also of what is gone, for as long as its history is kept.</summary>
internal sealed class HistoryEndpoints(ApiParts parts)
{
    private const int MostEntries = 500;
    private const int UsualEntries = 50;

    private readonly SubjectHistory _history = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<SubjectHistory>());

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/nodes/{id}/history", ApiRole.Viewer, OfNodeAsync);
        routes.Get("/api/agents/{name}/history", ApiRole.Viewer, OfAgentAsync);
    }

    private async Task<ApiResponse> OfNodeAsync(HttpContext context)
    {
        var text = ApiRoutes.Value(context, "id");
        if (NodeId.TryParse(text, out var id))
        {
            return await ReadAsync(context, id.ToString(), async token => await parts.Directory.FindAsync(id, token) is not null, $"no node has the id {id}, and nothing is known of it");
        }

        var lookup = await parts.Directory.FindAsync(text, context.RequestAborted);
        return lookup is NodeLookup.Found found
            ? await ReadAsync(context, found.Node.Value.Id.ToString(), _ => Task.FromResult(true), "")
            : NodeEndpoints.Refusal(lookup);
    }

    private async Task<ApiResponse> OfAgentAsync(HttpContext context) =>
        NodeName.TryParse(ApiRoutes.Value(context, "name"), out var name)
            ? await ReadAsync(context, name.ToString(), async token => await parts.Directory.AgentAsync(name, token) is not null, $"no agent is called {name}, and nothing is known of it")
            : ApiResponse.Problem(StatusCodes.Status404NotFound, $"this is no name of an agent: {NodeName.Rule}");

    /// <param name="exists">Asked only where there is no history.</param>
    private async Task<ApiResponse> ReadAsync(HttpContext context, string subject, Func<CancellationToken, Task<bool>> exists, string missing)
    {
        var query = new ApiQuery(context.Request, "limit", "before");
        var limit = query.Number("limit", 1, MostEntries, UsualEntries);
        var text = query.Text("before");
        var before = text is null ? null : HistoryCursor.TryParse(text);
        if (text is not null && before is null)
        {
            query.Refuse($"before is {ApiQuery.Short(text)}: {HistoryCursor.Rule}");
        }

        if (query.Error is { } error)
        {
            return error;
        }

        var view = await _history.ReadAsync(subject, before, limit, context.RequestAborted);
        return view.Entries.IsEmpty && before is null && !await exists(context.RequestAborted)
            ? ApiResponse.Problem(StatusCodes.Status404NotFound, missing)
            : ApiResponse.Json(view, ApiJson.Default.HistoryView);
    }
}
