using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>GET /api/alerts</c> and <c>GET /api/refusals</c>: what was told, what is still to be told, and what was not listened to.</summary>
internal sealed class AlertEndpoints(ApiParts parts)
{
    private const int MostAlerts = 500;
    private const int UsualAlerts = 50;

    /// <summary>Kinds of refusals in one shard: the queues and reasons are few.</summary>
    private const int MostRefusals = 200;

    private readonly AlertBook _book = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<AlertBook>());
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(parts.Monitor.Logs.CreateLogger<AlertEndpoints>());

    public void Map(ApiRoutes routes)
    {
        routes.Get("/api/alerts", ApiRole.Viewer, AlertsAsync);
        routes.Get("/api/refusals", ApiRole.Viewer, RefusalsAsync);
    }

    private async Task<ApiResponse> AlertsAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "subject", "limit");
        var limit = query.Number("limit", 1, MostAlerts, UsualAlerts);
        var subject = query.Text("subject");
        if (subject is not null && !NodeId.TryParse(subject, out _) && !NodeName.TryParse(subject, out _))
        {
            query.Refuse($"subject is {ApiQuery.Short(subject)}: the id of a node, agent.name, or the name of an agent");
        }

        return query.Error ?? ApiResponse.Json(await _book.ReadAsync(subject, limit, context.RequestAborted), ApiJson.Default.AlertList);
    }

    private async Task<ApiResponse> RefusalsAsync(HttpContext context)
    {
        if (new ApiQuery(context.Request).Error is { } error)
        {
            return error;
        }

        var shards = await Task.WhenAll(Shard.All.Select(s => RefusalsAsync(s, context.RequestAborted)));
        return ApiResponse.Json(new RefusalList([.. shards.SelectMany(r => r).OrderByDescending(r => r.LastAt)]), ApiJson.Default.RefusalList);
    }

    private async Task<List<RefusalView>> RefusalsAsync(Shard shard, CancellationToken cancellation)
    {
        var found = new List<RefusalView>();
        await foreach (var row in parts.Monitor.Table.RangeAsync(shard, KeyRange.Prefix(Keys.Refusals), MostRefusals, cancellation))
        {
            if (Documents.TryRead(row, MonitorJson.Default.Refusal, _skipped) is { Value: var refusal })
            {
                found.Add(new RefusalView(refusal.Queue, refusal.Reason, refusal.Count, refusal.FirstAt, refusal.LastAt));
            }
        }

        return found;
    }
}
