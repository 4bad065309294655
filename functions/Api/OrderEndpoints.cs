using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Orders to agents: <c>POST /api/nodes/{id}/{verb}</c>, <c>POST /api/agents/{name}/reload</c>, and <c>GET /api/orders/{id}</c>.</summary>
internal sealed partial class OrderEndpoints(ApiParts parts)
{
    private const int LongestWait = 25;

    private static readonly (string Path, OrderVerb Verb)[] Verbs =
    [
        ("restart", OrderVerb.Restart),
        ("start", OrderVerb.Start),
        ("stop", OrderVerb.Stop),
        ("enable", OrderVerb.Enable),
        ("disable", OrderVerb.Disable),
    ];

    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<OrderEndpoints>();

    public void Map(ApiRoutes routes)
    {
        foreach (var (path, verb) in Verbs)
        {
            routes.Post($"/api/nodes/{{id}}/{path}", ApiRole.Operator, context => OrderAsync(context, verb));
        }

        routes.Post("/api/agents/{name}/reload", ApiRole.Operator, ReloadAsync);
        routes.Get("/api/orders/{id}", ApiRole.Viewer, GetAsync);
    }

    /// <summary>202: it goes on, and can be looked at.</summary>
    public static ApiResponse Accepted(OrderRecord order) =>
        ApiResponse.Json(OrderView.Of(order), ApiJson.Default.OrderView, StatusCodes.Status202Accepted) with { Location = $"/api/orders/{order.Order.Id}" };

    private async Task<ApiResponse> OrderAsync(HttpContext context, OrderVerb verb)
    {
        var query = new ApiQuery(context.Request, "wait");
        var wait = query.Number("wait", 0, LongestWait, 0);
        if (query.Error is { } error)
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

        return await PlaceAsync(context, node.Id.Agent, node.Id.Name, verb, verb is OrderVerb.Restart or OrderVerb.Stop ? node.Identity : null, wait);
    }

    private async Task<ApiResponse> ReloadAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request, "wait");
        var wait = query.Number("wait", 0, LongestWait, 0);
        return query.Error
            ?? (NodeName.TryParse(ApiRoutes.Value(context, "name"), out var name) && await parts.Directory.AgentAsync(name, context.RequestAborted) is not null
                ? await PlaceAsync(context, name, null, OrderVerb.Reload, null, wait)
                : AgentEndpoints.Missing());
    }

    private async Task<ApiResponse> PlaceAsync(HttpContext context, NodeName agent, NodeName? node, OrderVerb verb, ProcessIdentity? identity, int wait)
    {
        var caller = ApiCaller.Of(context);
        var wish = new OrderWish(agent, node, verb, caller.Name) { Identity = identity };
        var order = await parts.Orders.PlaceAsync(wish, context.RequestAborted);
        Log.Ordered(_log, caller.Name, caller.Address, verb, wish.Subject, order.Order.Id);
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

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} ordered {Verb} of {Subject} as order {Order}")]
        public static partial void Ordered(ILogger log, string who, System.Net.IPAddress address, OrderVerb verb, string subject, string order);
    }
}
