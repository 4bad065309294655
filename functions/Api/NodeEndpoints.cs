using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/nodes</c> and <c>GET /api/nodes/{id}</c>.</summary>
internal sealed class NodeEndpoints(ApiParts parts)
{
    private const int MostNodes = 1_000;

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/nodes", ApiRole.Viewer, ListAsync);
        routes.Get("/api/nodes/{id}", ApiRole.Viewer, GetAsync);
    }

    /// <summary>The answer to a text that names no single node.</summary>
    public static ApiResponse Refusal(NodeLookup lookup) => lookup switch
    {
        NodeLookup.Missing missing => ApiResponse.Problem(StatusCodes.Status404NotFound, missing.Why),
        NodeLookup.Ambiguous several => ApiResponse.Problem(StatusCodes.Status409Conflict, "several nodes have this name: give the id of one", several.Candidates),
        _ => throw new InvalidOperationException("a node that was found is no refusal"),
    };

    private async Task<ApiResponse> ListAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "agent", "state", "condition", "label", "limit", "after");
        var filter = NodeFilter.Read(query);
        var limit = query.Number("limit", 1, MostNodes, MostNodes);
        var after = query.Text("after");
        if (after is not null && !NodeId.TryParse(after, out _))
        {
            query.Refuse($"after is {ApiQuery.Short(after)}: the id of a node, agent.name");
        }

        return query.Error ?? ApiResponse.Json(Page([.. (await ViewsAsync(after is null, context.RequestAborted)).Where(filter.Takes)], after, limit), ApiJson.Default.NodeList);
    }

    private async Task<ApiResponse> GetAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        var lookup = await parts.Directory.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted);
        if (lookup is not NodeLookup.Found found)
        {
            return Refusal(lookup);
        }

        var node = found.Node.Value;
        var agent = NodeViews.IsRemote(node.Id) ? null : await parts.Directory.AgentAsync(node.Id.Agent, context.RequestAborted);
        return ApiResponse.Json(NodeViews.Of(node, agent, parts.Monitor.Policy, parts.Monitor.Now), ApiJson.Default.NodeView);
    }

    /// <summary>By id. Who begins a list sees what is stored; who pages on through it does not have the whole fleet read again for each page.</summary>
    private async Task<IEnumerable<NodeView>> ViewsAsync(bool begins, CancellationToken cancellation)
    {
        if (!begins)
        {
            return (await parts.Fleet.GetAsync().WaitAsync(cancellation)).Nodes.Select(n => n.View);
        }

        var agents = parts.Directory.AgentsAsync(cancellation);
        var nodes = parts.Directory.AllAsync(cancellation);
        await Task.WhenAll(agents, nodes);
        var (names, policy, now) = (await agents, parts.Monitor.Policy, parts.Monitor.Now);
        return (await nodes).Select(n => NodeViews.Of(n, names.GetValueOrDefault(n.Id.Agent), policy, now));
    }

    /// <param name="views">By id.</param>
    private static NodeList Page(List<NodeView> views, string? after, int limit)
    {
        var counts = NodeCounts.Of(views.Select(v => v.State));
        var rest = views.Where(v => after is null || string.CompareOrdinal(v.Id, after) > 0).Take(limit + 1).ToList();
        return new NodeList
        {
            Total = counts.Total,
            Working = counts.Working,
            Degraded = counts.Degraded,
            Failed = counts.Failed,
            Unknown = counts.Unknown,
            Nodes = [.. rest.Take(limit)],
            Next = rest.Count > limit ? rest[limit - 1].Id : null,
        };
    }
}
