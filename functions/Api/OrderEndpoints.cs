using Microsoft.AspNetCore.Http.Features;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Orders to agents: <c>POST /api/nodes/{id}/{verb}</c>, <c>POST /api/agents/{name}/reload</c>, <c>GET /api/orders/{id}</c> and <c>GET /api/nodes/{id}/orders</c>.</summary>
internal sealed class OrderEndpoints(ApiParts parts)
{
    private const int LongestWait = 25;
    private const int MostOrders = 200;
    private const int UsualOrders = 20;

    private static readonly (string Path, OrderVerb Verb)[] Verbs =
    [
        ("restart", OrderVerb.Restart),
        ("start", OrderVerb.Start),
        ("stop", OrderVerb.Stop),
        ("enable", OrderVerb.Enable),
        ("disable", OrderVerb.Disable),
    ];

    private readonly OrderDeeds _deeds = new(parts);
    private readonly OrderBook _book = new(parts.Monitor.Table, parts.Monitor.Logs.CreateLogger<OrderBook>());

    public void Map(ApiRoutes routes)
    {
        foreach (var (path, verb) in Verbs)
        {
            routes.Post($"/api/nodes/{{id}}/{path}", ApiRole.Operator, context => OrderAsync(context, verb));
        }

        routes.Post("/api/agents/{name}/reload", ApiRole.Operator, ReloadAsync);
        routes.Get("/api/orders/{id}", ApiRole.Viewer, GetAsync);
        routes.Get("/api/nodes/{id}/orders", ApiRole.Viewer, ListAsync);
    }

    /// <summary>202: it goes on, and can be looked at.</summary>
    public static ApiResponse Accepted(OrderRecord order) =>
        ApiResponse.Json(OrderView.Of(order), ApiJson.Default.OrderView, StatusCodes.Status202Accepted) with { Location = $"/api/orders/{order.Order.Id}" };

    private async Task<ApiResponse> OrderAsync(HttpContext context, OrderVerb verb)
    {
        var query = new ApiQuery(context.Request, "wait");
        var wait = query.Number("wait", 0, LongestWait, 0);
        var (killAfter, refusal) = await KillAfterAsync(context, verb);
        if ((query.Error ?? refusal) is { } error)
        {
            return error;
        }

        return await AnswerAsync(await _deeds.PlaceAsync(ApiCaller.Of(context), ApiRoutes.Value(context, "id"), verb, killAfter, context.RequestAborted), wait, context.RequestAborted);
    }

    /// <summary>What the body says, where there is one.</summary>
    private static async Task<(long? Ms, ApiResponse? Refusal)> KillAfterAsync(HttpContext context, OrderVerb verb)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return (null, null);
        }

        var (body, refusal) = await JsonBody.ReadAsync(context.Request, ApiJson.Default.OrderRequest, context.RequestAborted);
        return body?.KillAfterMs switch
        {
            null => (null, refusal),
            not null when verb is not (OrderVerb.Restart or OrderVerb.Stop) =>
                (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, $"kill_after_ms is for restart and stop, not for {verb.ToString().ToLowerInvariant()}")),
            < 0 or > Order.MostKillAfterMs =>
                (null, ApiResponse.Problem(StatusCodes.Status400BadRequest, $"kill_after_ms is {body.KillAfterMs}: a number from 0 to {Order.MostKillAfterMs}, and to the node's stop budget")),
            var ms => (ms, null),
        };
    }

    private async Task<ApiResponse> ReloadAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "wait");
        var wait = query.Number("wait", 0, LongestWait, 0);
        return query.Error
            ?? await AnswerAsync(await _deeds.ReloadAsync(ApiCaller.Of(context), ApiRoutes.Value(context, "name"), context.RequestAborted), wait, context.RequestAborted);
    }

    private async Task<ApiResponse> AnswerAsync((OrderRecord? Order, ApiResponse? Refusal) end, int wait, CancellationToken cancellation)
    {
        if (end.Order is not { } order)
        {
            return end.Refusal!;
        }

        var after = await parts.Orders.WaitAsync(order.Order.Id, TimeSpan.FromSeconds(wait), cancellation) ?? order;
        return after.IsOver() ? ApiResponse.Json(OrderView.Of(after), ApiJson.Default.OrderView) : Accepted(after);
    }

    private async Task<ApiResponse> GetAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "wait");
        var wait = query.Number("wait", 0, LongestWait, 0);
        return query.Error
            ?? (await parts.Orders.WaitAsync(ApiRoutes.Value(context, "id"), TimeSpan.FromSeconds(wait), context.RequestAborted) is { } order
                ? ApiResponse.Json(OrderView.Of(order), ApiJson.Default.OrderView)
                : ApiResponse.Problem(StatusCodes.Status404NotFound, "no order has this id"));
    }

    private async Task<ApiResponse> ListAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "limit");
        var limit = query.Number("limit", 1, MostOrders, UsualOrders);
        if (query.Error is { } error)
        {
            return error;
        }

        var lookup = await parts.Directory.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted);
        return lookup is NodeLookup.Found { Node.Value.Id: var id }
            ? ApiResponse.Json(new OrderList(id.ToString(), [.. await _book.OfAsync(id.ToString(), limit, context.RequestAborted)]), ApiJson.Default.OrderList)
            : NodeEndpoints.Refusal(lookup);
    }
}
