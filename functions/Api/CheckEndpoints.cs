using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary><c>POST /api/nodes/{id}/check</c> and <c>POST /api/nodes/check</c>: without saving for viewers, with it for operators.</summary>
internal sealed class CheckEndpoints(ApiParts parts)
{
    private readonly NodeChecker _checker = new(parts);
    private readonly FleetCheck _fleet = new(parts);

    public void Map(ApiRoutes routes)
    {
        routes.Post("/api/nodes/check", ApiRole.Viewer, CheckAllAsync);
        routes.Post("/api/nodes/{id}/check", ApiRole.Viewer, CheckAsync);
    }

    private async Task<ApiResponse> CheckAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, CheckWish.Parameters);
        var wish = CheckWish.Read(query, ApiCaller.Of(context));
        if ((query.Error ?? wish.Refusal()) is { } refusal)
        {
            return refusal;
        }

        var lookup = await parts.Directory.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted);
        return lookup is NodeLookup.Found found
            ? Answer(found.Node.Value.Id, wish.Method, await _checker.CheckAsync(found.Node.Value, wish, context.RequestAborted))
            : NodeEndpoints.Refusal(lookup);
    }

    private async Task<ApiResponse> CheckAllAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, CheckWish.Parameters);
        var wish = CheckWish.Read(query, ApiCaller.Of(context));
        return query.Error ?? wish.Refusal() ?? ApiResponse.Json(await _fleet.CheckAsync(wish, context.RequestAborted), ApiJson.Default.CheckSummary);
    }

    private static ApiResponse Answer(NodeId id, CheckMethod method, CheckEnd end) => end switch
    {
        CheckEnd.Answered answered => ApiResponse.Json(
            new CheckAnswer { Id = id.ToString(), Name = id.Name.ToString(), Method = method, Status = answered.Answer.Status, Details = answered.Answer.Details },
            ApiJson.Default.CheckAnswer),
        CheckEnd.Waits waits => OrderEndpoints.Accepted(waits.Order),
        CheckEnd.Refused refused => ApiResponse.Problem(refused.Status, refused.Why) with { RetryAfter = refused.RetryAfter },
        _ => throw new InvalidOperationException("a check ends in one of three ways"),
    };
}
