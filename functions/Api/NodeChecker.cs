using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Checks one node there and then: the API of a node that the monitor reaches is asked from here, everything else is an order to its agent.
/// One such check of a node at a time.
/// </summary>
internal sealed partial class NodeChecker(ApiParts parts)
{
    private static readonly TimeSpan ClaimFor = TimeSpan.FromSeconds(30);
    private readonly Monitor _monitor = parts.Monitor;
    private readonly ILogger _log = parts.Monitor.Logs.CreateLogger<NodeChecker>();

    /// <summary>One that is saved changes the node's health, so it is written down who wanted it.</summary>
    public Task<CheckEnd> CheckAsync(NodeRecord node, CheckWish wish, CancellationToken cancellation) => !wish.Save
        ? UnrecordedAsync(node, wish, cancellation)
        : parts.Audit.DoAsync(
            new AuditIntent(wish.Caller, OperatorWord.Named(wish.Caller), "check and save", node.Id.ToString()) { Details = $"method {wish.Method.ToString().ToLowerInvariant()}" },
            () => UnrecordedAsync(node, wish, cancellation),
            Result,
            cancellation);

    /// <summary>For a check of many, which is one line.</summary>
    public async Task<CheckEnd> UnrecordedAsync(NodeRecord node, CheckWish wish, CancellationToken cancellation)
    {
        var target = wish.Method == CheckMethod.Api ? _monitor.Policy.Targets.GetValueOrDefault(node.Id) : null;
        if (target is null && await RefusalAsync(node, wish.Method, cancellation) is { } refused)
        {
            return refused;
        }

        var leases = new Leases(_monitor.Table, _monitor.Time);
        if (await leases.TryTakeAsync(Keys.Node(node.Id).Shard, $"check|{node.Id}", Guid.NewGuid().ToString("n"), ClaimFor, cancellation) is not { } claim)
        {
            return new CheckEnd.Refused(StatusCodes.Status429TooManyRequests, $"{node.Id} is being checked already") { RetryAfter = ClaimFor };
        }

        var end = target is null ? await OrderAsync(node, wish, cancellation) : await ProbeAsync(node, target, wish, cancellation);
        if (end is not CheckEnd.Waits)
        {
            await leases.ReleaseAsync(claim, cancellation);
        }

        return end;
    }

    private static string Result(CheckEnd end) => end switch
    {
        CheckEnd.Answered { Answer: var answer } => $"checked: {answer.Details.Condition}",
        CheckEnd.Waits waits => $"order {waits.Order.Order.Id} was placed",
        CheckEnd.Refused refused => $"refused: {refused.Why}",
        _ => "",
    };

    /// <summary>Null when there is an agent that can be asked.</summary>
    private async Task<CheckEnd.Refused?> RefusalAsync(NodeRecord node, CheckMethod method, CancellationToken cancellation)
    {
        if (NodeViews.IsRemote(node.Id))
        {
            return new CheckEnd.Refused(StatusCodes.Status422UnprocessableEntity, method == CheckMethod.Api
                ? $"{node.Id} has no probe address in the configuration any more"
                : $"{node.Id} has no agent on its host: of its process and its port nobody knows; method=api works");
        }

        var agent = await parts.Directory.AgentAsync(node.Id.Agent, cancellation);
        if (agent?.ReceivedAt is null)
        {
            return new CheckEnd.Refused(StatusCodes.Status409Conflict, $"agent {node.Id.Agent} is not enrolled, or has never reported: nobody can be asked");
        }

        return NodeViews.SilentSince(agent, _monitor.Policy, _monitor.Now) is { } since
            ? new CheckEnd.Refused(StatusCodes.Status503ServiceUnavailable, $"agent {agent.Name} is silent since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: nothing was ordered; look at its host")
            : null;
    }

    private async Task<CheckEnd> ProbeAsync(NodeRecord node, ProbeTarget target, CheckWish wish, CancellationToken cancellation)
    {
        var answer = await parts.Clients.AskAsync(target, node.Kind, node.WalletDeclared, cancellation);
        var at = _monitor.Now;
        if (wish.Save)
        {
            Log.Saved(_log, wish.Caller.Name, wish.Caller.Address, node.Id);
            await SaveAsync(node.Id, answer, at, cancellation);
        }

        return new CheckEnd.Answered(NodeFold.Answer(node, wish.Method, answer, at, _monitor.Fold(node)));
    }

    /// <summary>As the timer would: one probe more.</summary>
    private async Task SaveAsync(NodeId id, ApiAnswer answer, DateTimeOffset at, CancellationToken cancellation)
    {
        if (await parts.Directory.FindAsync(id, cancellation) is not { } node)
        {
            return; // Removed meanwhile.
        }

        var due = new List<RowChange>();
        var probed = new Dictionary<RowKey, GatheredNode> { [Keys.Node(id)] = new GatheredNode(node, answer, at) };
        await new ProbeWriter(_monitor, VantageSighting.Sound).WriteAsync(probed, due, cancellation);
        await parts.Dispatcher.DispatchAsync(due, cancellation);
    }

    private async Task<CheckEnd> OrderAsync(NodeRecord node, CheckWish wish, CancellationToken cancellation)
    {
        var order = await parts.Orders.PlaceAsync(
            new OrderWish(node.Id.Agent, node.Id.Name, OrderVerb.Check, wish.Caller.Name) { Method = wish.Method, Save = wish.Save }, cancellation);
        Log.Ordered(_log, wish.Caller.Name, wish.Caller.Address, wish.Method, wish.Save, node.Id, order.Order.Id);
        var after = await parts.Orders.WaitAsync(order.Order.Id, wish.Wait, cancellation) ?? order;
        return after switch
        {
            { Outcome.Answer: { } answer } => new CheckEnd.Answered(answer),
            { State: OrderState.Expired } => new CheckEnd.Refused(StatusCodes.Status504GatewayTimeout, $"agent {node.Id.Agent} did not take the order in time"),
            { Outcome: { } outcome } => new CheckEnd.Refused(StatusCodes.Status409Conflict, $"agent {node.Id.Agent} did not check: {outcome.Result}: {outcome.Text}"),
            _ => new CheckEnd.Waits(after),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} checked {Node} and had it saved")]
        public static partial void Saved(ILogger log, string who, System.Net.IPAddress address, NodeId node);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Who} at {Address} ordered a check by {Method} (save {Save}) of {Node} as order {Order}")]
        public static partial void Ordered(ILogger log, string who, System.Net.IPAddress address, CheckMethod method, bool save, NodeId node, string order);
    }
}
