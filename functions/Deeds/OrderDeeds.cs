using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Orders that people place, from wherever: the API and the pages do it by this and nothing else.</summary>
internal sealed partial class OrderDeeds(ApiParts parts)
{
    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<OrderDeeds>();

    /// <param name="id">A node's id, or a name that only one node has.</param>
    /// <returns>The order, which is stored; or the answer that refuses it.</returns>
    public async Task<(OrderRecord? Order, ApiResponse? Refusal)> PlaceAsync(ApiCaller caller, string id, OrderVerb verb, long? killAfterMs, CancellationToken cancellation)
    {
        var lookup = await parts.Directory.FindAsync(id, cancellation);
        if (lookup is not NodeLookup.Found { Node.Value: var node })
        {
            return (null, NodeEndpoints.Refusal(lookup));
        }

        if (NodeViews.IsRemote(node.Id))
        {
            return (null, ApiResponse.Problem(StatusCodes.Status422UnprocessableEntity, $"{node.Id} has no agent on its host: nobody can {verb.ToString().ToLowerInvariant()} it"));
        }

        var wish = new OrderWish(node.Id.Agent, node.Id.Name, verb, OperatorWord.Named(caller))
        {
            Identity = verb is OrderVerb.Restart or OrderVerb.Stop ? node.Identity : null,
            KillAfterMs = killAfterMs,
        };
        return (await PlaceAsync(caller, wish, cancellation), null);
    }

    /// <param name="name">An agent's.</param>
    public async Task<(OrderRecord? Order, ApiResponse? Refusal)> ReloadAsync(ApiCaller caller, string name, CancellationToken cancellation) =>
        NodeName.TryParse(name, out var agent) && await parts.Directory.AgentAsync(agent, cancellation) is not null
            ? (await PlaceAsync(caller, new OrderWish(agent, null, OrderVerb.Reload, OperatorWord.Named(caller)), cancellation), null)
            : (null, AgentEndpoints.Missing());

    private async Task<OrderRecord> PlaceAsync(ApiCaller caller, OrderWish wish, CancellationToken cancellation)
    {
        var intent = new AuditIntent(caller, wish.By, wish.Verb.ToString().ToLowerInvariant(), wish.Subject)
        {
            Details = wish.KillAfterMs is { } ms ? $"SIGKILL after {ms} ms" : null,
        };
        var order = await parts.Audit.DoAsync(intent, () => parts.Orders.PlaceAsync(wish, cancellation), o => $"order {o.Order.Id} was placed", cancellation);
        Log.Ordered(_log, wish.By, caller.Address, wish.Verb, wish.Subject, order.Order.Id);
        return order;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} ordered {Verb} of {Subject} as order {Order}")]
        public static partial void Ordered(ILogger log, string who, System.Net.IPAddress address, OrderVerb verb, string subject, string order);
    }
}
