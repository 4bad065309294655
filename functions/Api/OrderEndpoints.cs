using Microsoft.AspNetCore.Http.Features;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Orders to agents: <c>POST /api/nodes/{id}/{verb}</c>, <c>POST /api/agents/{name}/reload</c>, <c>GET /api/orders/{id}</c> and <c>GET /api/nodes/{id}/orders</c>.</summary>
internal sealed partial class OrderEndpoints(ApiParts parts)
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

    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<OrderEndpoints>();
    private readonly Action<UnreadableRowException> _skipped = UnreadableRows.To(parts.Monitor.Logs.CreateLogger<OrderEndpoints>());

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

        var lookup = await parts.Directory.FindAsync(ApiRoutes.Value(context, "id"), context.RequestAborted);
        if (lookup is not NodeLookup.Found { Node.Value: var node })
        {
            return NodeEndpoints.Refusal(lookup);
        }

        if (NodeViews.IsRemote(node.Id))
        {
            return ApiResponse.Problem(StatusCodes.Status422UnprocessableEntity, $"{node.Id} has no agent on its host: nobody can {verb.ToString().ToLowerInvariant()} it");
        }

        var wish = new OrderWish(node.Id.Agent, node.Id.Name, verb, ApiCaller.Of(context).Name)
        {
            Identity = verb is OrderVerb.Restart or OrderVerb.Stop ? node.Identity : null,
            KillAfterMs = killAfter,
        };
        return await PlaceAsync(context, wish, wait);
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
            ?? (NodeName.TryParse(ApiRoutes.Value(context, "name"), out var name) && await parts.Directory.AgentAsync(name, context.RequestAborted) is not null
                ? await PlaceAsync(context, new OrderWish(name, null, OrderVerb.Reload, ApiCaller.Of(context).Name), wait)
                : AgentEndpoints.Missing());
    }

    private async Task<ApiResponse> PlaceAsync(HttpContext context, OrderWish wish, int wait)
    {
        var caller = ApiCaller.Of(context);
        var order = await parts.Orders.PlaceAsync(wish, context.RequestAborted);
        Log.Ordered(_log, caller.Name, caller.Address, wish.Verb, wish.Subject, order.Order.Id);
        var after = await parts.Orders.WaitAsync(order.Order.Id, TimeSpan.FromSeconds(wait), context.RequestAborted) ?? order;
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
            ? ApiResponse.Json(new OrderList(id.ToString(), [.. await OrdersAsync(id.ToString(), limit, context.RequestAborted)]), ApiJson.Default.OrderList)
            : NodeEndpoints.Refusal(lookup);
    }

    private async Task<List<OrderView>> OrdersAsync(string subject, int limit, CancellationToken cancellation)
    {
        var found = new List<OrderView>();
        await foreach (var placed in parts.Monitor.Table.RangeAsync(Shard.Of(subject), KeyRange.Prefix(Keys.PlacedOf(subject)), limit, cancellation))
        {
            // An order that is gone was kept for long enough; one that cannot be read hides no other.
            var id = placed.Key.Key[(placed.Key.Key.LastIndexOf('|') + 1)..];
            if (Keys.Order(id) is { } key && await parts.Monitor.Table.ReadAsync(key, cancellation) is { } row && Documents.TryRead(row, CoreJson.Default.OrderRecord, _skipped) is { Value: var order })
            {
                found.Add(OrderView.Of(order));
            }
        }

        return found;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} ordered {Verb} of {Subject} as order {Order}")]
        public static partial void Ordered(ILogger log, string who, System.Net.IPAddress address, OrderVerb verb, string subject, string order);
    }
}
