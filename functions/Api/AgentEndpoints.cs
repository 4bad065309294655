using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/agents</c>, <c>GET</c> and <c>DELETE /api/agents/{name}</c>.</summary>
internal sealed partial class AgentEndpoints(ApiParts parts)
{
    private const int MostTries = 10;

    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<AgentEndpoints>();

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/agents", ApiRole.Viewer, ListAsync);
        routes.Get("/api/agents/{name}", ApiRole.Viewer, GetAsync);
        routes.Delete("/api/agents/{name}", ApiRole.Operator, DeleteAsync);
    }

    public static ApiResponse Missing() => ApiResponse.Problem(StatusCodes.Status404NotFound, "no agent is called so");

    private async Task<ApiResponse> ListAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        var agents = await parts.Directory.AgentsAsync(context.RequestAborted);
        return ApiResponse.Json(new AgentList([.. agents.Values.Select(View)]), ApiJson.Default.AgentList);
    }

    private async Task<ApiResponse> GetAsync(HttpContext context) =>
        new ApiQuery(context.Request).Error
        ?? (NodeName.TryParse(ApiRoutes.Value(context, "name"), out var name) && await parts.Directory.AgentAsync(name, context.RequestAborted) is { } agent
            ? ApiResponse.Json(View(agent), ApiJson.Default.AgentView)
            : Missing());

    /// <summary>First the agent, so that its reports are refused; then its nodes. May be repeated after a failure in between.</summary>
    private async Task<ApiResponse> DeleteAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        if (!NodeName.TryParse(ApiRoutes.Value(context, "name"), out var name) || name.ToString() == NodeId.Remote)
        {
            return Missing();
        }

        if (await parts.Directory.AgentAsync(name, context.RequestAborted) is null && (await parts.Directory.OfAsync(name, context.RequestAborted)).Count == 0)
        {
            return Missing();
        }

        var caller = ApiCaller.Of(context);
        var intent = new AuditIntent(caller, OperatorWord.Named(caller), "remove the agent", name.ToString());
        var nodes = await parts.Audit.DoAsync(intent, () => RemoveAsync(name), count => $"removed with its {count} nodes", CancellationToken.None);
        Log.Removed(_log, caller.Name, caller.Address, name, nodes);
        return ApiResponse.Empty(StatusCodes.Status204NoContent);
    }

    /// <summary>Goes on when the client has gone: half of it would leave nodes that nobody speaks for.</summary>
    private async Task<int> RemoveAsync(NodeName name)
    {
        var table = parts.Monitor.Table;
        await table.CommitAsync([new RowChange.Delete(Keys.Agent(name)), new RowChange.Delete(Keys.NotUpOf(name.ToString()))], CancellationToken.None);
        var nodes = await parts.Directory.OfAsync(name, CancellationToken.None);
        foreach (var node in nodes)
        {
            await RemoveAsync(node);
        }

        await Summaries.RecountAsync(table, nodes.Select(n => Keys.Node(n.Value.Id).Shard), CancellationToken.None);
        return nodes.Count;
    }

    /// <summary>With the incident that is open then: what a report or a probe makes of the node meanwhile is removed too.</summary>
    private async Task RemoveAsync(Stored<NodeRecord> node)
    {
        for (var (left, tries) = ((Stored<NodeRecord>?)node, 0); left is not null && tries < MostTries; tries++)
        {
            var incident = await parts.Monitor.Incidents.RemovedAsync(left.Value.Id.ToString(), CancellationToken.None);
            var row = tries < MostTries - 1 ? left : left with { Version = null }; // It goes, whatever it has become.
            if (await parts.Monitor.Table.CommitAsync(NodeRows.Removed(row, incident, parts.Monitor.Now), CancellationToken.None) is not CommitResult.Lost)
            {
                return;
            }

            left = await parts.Directory.FindAsync(left.Value.Id, CancellationToken.None);
        }
    }

    private AgentView View(AgentRecord agent) => NodeViews.Of(agent, parts.Monitor.Policy, parts.Monitor.Now) with
    {
        TrustsAllKeys = agent.Trusts.IsEmpty ? null : parts.Monitor.Keys.Thumbprints.All(t => agent.Trusts.Contains(t)),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} removed agent {Agent} and its {Count} nodes")]
        public static partial void Removed(ILogger log, string who, System.Net.IPAddress address, NodeName agent, int count);
    }
}
